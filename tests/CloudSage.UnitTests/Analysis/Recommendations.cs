using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Optimization;

namespace CloudSage.UnitTests.Analysis;

internal static class Recommendations
{
    public static OptimizationRecommendation Recommendation(string id, decimal savings) => new()
    {
        RecommendationId = id,
        ResourceId = "r",
        ResourceType = "ec2",
        Action = OptimizationAction.Stop,
        Current = new ResourceConfiguration("m5.large"),
        EstimatedMonthlySavings = new Money(savings, "USD"),
    };
}
