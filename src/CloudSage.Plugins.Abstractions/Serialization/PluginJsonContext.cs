using System.Text.Json.Serialization;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Commands;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.Plugins.Serialization;

/// <summary>
/// Source-generated JSON for every record that crosses the broker: camelCase names, enums and decimals as text.
/// Source-generated on purpose: reflection-based serialisation of a plugin's types keeps the plugin in memory.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(ExactDecimalConverter)])]
[JsonSerializable(typeof(CostRecord))]
[JsonSerializable(typeof(CostDataQuery))]
[JsonSerializable(typeof(CostAnalysisContext))]
[JsonSerializable(typeof(CostAnalysisHookResult))]
[JsonSerializable(typeof(CloudResource))]
[JsonSerializable(typeof(ResourceScanRequest))]
[JsonSerializable(typeof(ResourceMetrics))]
[JsonSerializable(typeof(InstanceMetricsQuery))]
[JsonSerializable(typeof(OptimizationRequest))]
[JsonSerializable(typeof(OptimizationRecommendation))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(AlertDelivery))]
[JsonSerializable(typeof(IntegrationRequest))]
[JsonSerializable(typeof(IntegrationRecord))]
[JsonSerializable(typeof(CostSource))]
[JsonSerializable(typeof(CostSourceMatch))]
[JsonSerializable(typeof(TranslatedCost))]
[JsonSerializable(typeof(CloudCredentials))]
[JsonSerializable(typeof(CredentialCheck))]
[JsonSerializable(typeof(ServiceCatalogEntry))]
[JsonSerializable(typeof(CommandRequest))]
[JsonSerializable(typeof(CommandResult))]
[JsonSerializable(typeof(PluginHealth))]
internal sealed partial class PluginJsonContext : JsonSerializerContext;
