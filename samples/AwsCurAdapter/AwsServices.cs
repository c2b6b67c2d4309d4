using CloudSage.Plugins.Adapters;

namespace CloudSage.Samples.AwsCur;

/// <summary>The FOCUS categories of the major AWS services, by product code.</summary>
internal static class AwsServices
{
    public static readonly IReadOnlyList<ServiceCatalogEntry> All =
    [
        Service("AmazonAthena", "Amazon Athena", "Analytics", "Data Processing"),
        Service("AmazonApiGateway", "Amazon API Gateway", "Integration", "API Management"),
        Service("AmazonBedrock", "Amazon Bedrock", "AI and Machine Learning", "Generative AI"),
        Service("AmazonCloudFront", "Amazon CloudFront", "Networking", "Content Delivery"),
        Service("AmazonCloudWatch", "AmazonCloudWatch", "Management and Governance", "Observability"),
        Service("AmazonDynamoDB", "Amazon DynamoDB", "Databases", "NoSQL Databases"),
        Service("AmazonEC2", "Amazon Elastic Compute Cloud", "Compute", "Virtual Machines"),
        Service("AmazonECR", "Amazon EC2 Container Registry (ECR)", "Compute", "Containers"),
        Service("AmazonECS", "Amazon Elastic Container Service", "Compute", "Containers"),
        Service("AmazonEFS", "Amazon Elastic File System", "Storage", "File Storage"),
        Service("AmazonEKS", "Amazon Elastic Container Service for Kubernetes", "Compute", "Containers"),
        Service("AmazonElastiCache", "Amazon ElastiCache", "Databases", "Caching"),
        Service("AmazonES", "Amazon OpenSearch Service", "Analytics", "Search"),
        Service("AmazonGlacier", "Amazon Glacier", "Storage", "Backup Storage"),
        Service("AmazonGuardDuty", "Amazon GuardDuty", "Security", "Threat Detection and Response"),
        Service("AmazonKinesis", "Amazon Kinesis", "Analytics", "Streaming Analytics"),
        Service("AmazonQuickSight", "Amazon QuickSight", "Analytics", "Business Intelligence"),
        Service("AmazonRDS", "Amazon Relational Database Service", "Databases", "Relational Databases"),
        Service("AmazonRedshift", "Amazon Redshift", "Databases", "Data Warehouses"),
        Service("AmazonRoute53", "Amazon Route 53", "Networking", "Network Routing"),
        Service("AmazonS3", "Amazon Simple Storage Service", "Storage", "Object Storage"),
        Service("AmazonSageMaker", "Amazon SageMaker", "AI and Machine Learning", "Machine Learning"),
        Service("AmazonSNS", "Amazon Simple Notification Service", "Integration", "Messaging"),
        Service("AmazonStates", "AWS Step Functions", "Integration", "Workflow Orchestration"),
        Service("AmazonVPC", "Amazon Virtual Private Cloud", "Networking", "Network Infrastructure"),
        Service("AWSBudgets", "AWS Budgets", "Management and Governance", "Cost Management"),
        Service("AWSCloudTrail", "AWS CloudTrail", "Management and Governance", "Compliance"),
        Service("AWSConfig", "AWS Config", "Management and Governance", "Compliance"),
        Service("AWSDataTransfer", "AWS Data Transfer", "Networking", "Other (Networking)"),
        Service("AWSELB", "Elastic Load Balancing", "Networking", "Application Networking"),
        Service("AWSEvents", "CloudWatch Events", "Integration", "Messaging"),
        Service("AWSGlue", "AWS Glue", "Analytics", "Data Processing"),
        Service("awskms", "AWS Key Management Service", "Security", "Secret Management"),
        Service("AWSLambda", "AWS Lambda", "Compute", "Serverless Compute"),
        Service("AWSQueueService", "Amazon Simple Queue Service", "Integration", "Messaging"),
        Service("AWSSecretsManager", "AWS Secrets Manager", "Security", "Secret Management"),
        Service("awswaf", "AWS WAF", "Networking", "Network Security"),
    ];

    private static readonly Dictionary<string, ServiceCatalogEntry> ByCode = All.ToDictionary(service => service.ProviderServiceCode, StringComparer.OrdinalIgnoreCase);

    public static ServiceCatalogEntry? Find(string? code) => code is null ? null : ByCode.GetValueOrDefault(code);

    private static ServiceCatalogEntry Service(string code, string name, string category, string subcategory) => new("AWS", code, name, category, subcategory);
}
