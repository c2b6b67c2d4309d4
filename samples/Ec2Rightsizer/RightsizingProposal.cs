using System.Globalization;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.Samples.Rightsizing;

/// <summary>Words what to do with an instance.</summary>
internal sealed class RightsizingProposal(InstanceTypes types, DateTimeOffset now)
{
    /// <summary>The proposal for an instance; null where it fits, or where there is no smaller size.</summary>
    public OptimizationRecommendation? Make(CloudResource instance, ResourceMetrics cpu)
    {
        var type = types.Find(instance.InstanceType!, instance.RegionId);
        return cpu.Classify() switch
        {
            Utilisation.Idle => Stop(instance, cpu, type),
            Utilisation.Overprovisioned when type is not null && types.OneSizeDown(type) is { } smaller => Rightsize(instance, cpu, type, smaller),
            _ => null,
        };
    }

    private OptimizationRecommendation Stop(CloudResource instance, ResourceMetrics cpu, InstanceType? type)
        => Create(instance, cpu, OptimizationAction.Stop, type, null, type?.HourlyCost) with
        {
            ImplementationEffort = Level.VeryLow,
            Risk = Level.Low,
            Reasons = [Text($"Its CPU never went above {cpu.Max:0.##} % in {Days(cpu)} days."), .. PriceRemark(instance, type)],
        };

    private OptimizationRecommendation Rightsize(CloudResource instance, ResourceMetrics cpu, InstanceType type, InstanceType smaller)
        => Create(instance, cpu, OptimizationAction.Rightsize, type, smaller, type.HourlyCost - smaller.HourlyCost) with
        {
            ImplementationEffort = Level.Medium,
            Risk = Level.Medium,
            RestartNeeded = true,
            Reasons =
            [
                Text($"95 of 100 samples of its CPU were at most {cpu.P95:0.##} % in {Days(cpu)} days; the mean was {cpu.Mean:0.##} %."),
                Text($"{smaller.Name} has {smaller.VCpu} vCPU and {smaller.MemoryGiB:0.##} GiB: check that its memory suffices."),
            ],
        };

    private OptimizationRecommendation Create(
        CloudResource instance, ResourceMetrics cpu, OptimizationAction action, InstanceType? type, InstanceType? target, decimal? hourlySavings) => new()
        {
            RecommendationId = RecommendationIdentity.Create(instance.ResourceId, action, target?.Name ?? string.Empty),
            ResourceId = instance.ResourceId,
            ResourceType = instance.ResourceType,
            ProviderName = instance.ProviderName,
            SubAccountId = instance.SubAccountId,
            RegionId = instance.RegionId,
            Action = action,
            Current = Configuration(instance.InstanceType!, type),
            Recommended = target is null ? null : Configuration(target.Name, target),
            EstimatedMonthlyCost = type is null ? null : Monthly(type.HourlyCost, type.Currency),
            EstimatedMonthlySavings = hourlySavings is { } saved ? Monthly(saved, type!.Currency) : null,
            SavingsRatio = hourlySavings is { } part && type!.HourlyCost > 0m ? Math.Round(part / type.HourlyCost, 4) : null,
            LookbackDays = Days(cpu),
            RollbackPossible = true,
            CreatedAt = now,
        };

    private static ResourceConfiguration Configuration(string name, InstanceType? type) => type is null
        ? new ResourceConfiguration(name)
        : new ResourceConfiguration(name, Text($"{type.VCpu} vCPU, {type.MemoryGiB:0.##} GiB"))
        {
            Attributes = new Dictionary<string, string>
            {
                ["vcpu"] = Text($"{type.VCpu}"),
                ["memory_gib"] = Text($"{type.MemoryGiB:0.####}"),
                ["hourly_cost"] = Text($"{type.HourlyCost:0.############}"),
            },
        };

    // Money that nobody has to pay to the last digit yet: an estimate, in cents.
    private static Money Monthly(decimal hourly, string currency) => new(Math.Round(hourly * InstanceType.HoursPerMonth, 2), currency);

    private static IEnumerable<string> PriceRemark(CloudResource instance, InstanceType? type)
        => type is null ? [$"The price of {instance.InstanceType} in {instance.RegionId ?? "its region"} is not known, so neither are the savings."] : [];

    private static int Days(ResourceMetrics cpu) => (int)Math.Ceiling((cpu.End - cpu.Start).TotalDays);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
