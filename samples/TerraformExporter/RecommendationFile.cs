using CloudSage.Plugins.Optimization;

namespace CloudSage.Samples.Terraform;

/// <summary>
/// Recommendations as a Terraform file: all of them as a local value, the new instance types by instance, and a resource that stops
/// each instance that is to be stopped. The same recommendations give the same text, whatever their order.
/// </summary>
internal static class RecommendationFile
{
    public static string Write(IReadOnlyList<OptimizationRecommendation> recommendations)
    {
        OptimizationRecommendation[] ordered = [.. recommendations
            .OrderBy(static r => r.ResourceId, StringComparer.Ordinal)
            .ThenBy(static r => r.Action)
            .ThenBy(static r => r.RecommendationId, StringComparer.Ordinal)];
        var hcl = new HclWriter();
        hcl.Comment("Written by terraform-exporter. Review it before you apply it; the next export replaces it.");
        hcl.Blank();
        hcl.Open("locals");
        hcl.Open("cloudsage_recommendations =");
        foreach (var recommendation in ordered) Recommendation(hcl, recommendation);
        hcl.Close();
        hcl.Blank();
        hcl.Open("cloudsage_instance_types =");
        foreach (var (resource, type) in InstanceTypes(ordered)) hcl.String(HclText.Quote(resource), type);
        hcl.Close();
        hcl.Close();
        foreach (var stop in ordered.Where(static r => r is { Action: OptimizationAction.Stop, ResourceType: "ec2" })) Stop(hcl, stop);
        Savings(hcl, ordered);
        return hcl.ToString();
    }

    private static void Recommendation(HclWriter hcl, OptimizationRecommendation recommendation)
    {
        hcl.Open(HclText.Quote(recommendation.RecommendationId) + " =");
        hcl.String("action", recommendation.Action.ToString());
        hcl.String("resource_id", recommendation.ResourceId);
        hcl.String("resource_type", recommendation.ResourceType);
        hcl.String("region", recommendation.RegionId);
        hcl.String("current_type", recommendation.Current.Type);
        hcl.String("recommended_type", recommendation.Recommended?.Type);
        hcl.Number("monthly_savings", recommendation.EstimatedMonthlySavings?.Amount);
        hcl.String("currency", recommendation.EstimatedMonthlySavings?.Currency);
        hcl.Expression("reasons", $"[{string.Join(", ", recommendation.Reasons.Select(HclText.Quote))}]");
        hcl.String("source", recommendation.Source);
        hcl.Close();
    }

    /// <summary>One type for each instance: of several proposals the one that saves most.</summary>
    private static IEnumerable<(string Resource, string Type)> InstanceTypes(OptimizationRecommendation[] ordered) => ordered
        .Where(static r => r is { Action: OptimizationAction.Rightsize, Recommended: not null })
        .GroupBy(static r => r.ResourceId, StringComparer.Ordinal)
        .Select(static group => (group.Key, group.MaxBy(static r => r.EstimatedMonthlySavings?.Amount ?? 0m)!.Recommended!.Type));

    private static void Stop(HclWriter hcl, OptimizationRecommendation recommendation)
    {
        hcl.Blank();
        // Two identities may become one name: the recommendation's own identity keeps the names apart.
        var name = HclText.Name($"stop_{recommendation.ResourceId}_{recommendation.RecommendationId}");
        hcl.Open($"resource \"aws_ec2_instance_state\" \"{name}\"");
        hcl.String("instance_id", recommendation.ResourceId);
        hcl.String("state", "stopped");
        hcl.Close();
    }

    private static void Savings(HclWriter hcl, OptimizationRecommendation[] ordered)
    {
        hcl.Blank();
        hcl.Open("output \"cloudsage_monthly_savings\"");
        hcl.String("description", "What all recommendations together save in a month of 730 hours, by currency.");
        hcl.Open("value =");
        var byCurrency = ordered
            .Select(static r => r.EstimatedMonthlySavings)
            .OfType<Plugins.Costs.Money>()
            .GroupBy(static savings => savings.Currency, StringComparer.Ordinal)
            .OrderBy(static group => group.Key, StringComparer.Ordinal);
        foreach (var currency in byCurrency) hcl.Number(HclText.Quote(currency.Key), currency.Sum(static savings => savings.Amount));
        hcl.Close();
        hcl.Close();
    }
}
