using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Optimization;

namespace CloudSage.Samples.Reservations;

/// <summary>Proposes a reservation for every instance that runs most of the time, and more on demand than reserved.</summary>
public sealed class ReservationPlanner(ICostDataReader costs, PluginContext context, TimeProvider clock) : IOptimizationEngine
{
    private readonly decimal _usageRatio = context.Settings.GetDecimal("usage_ratio", 0.7m);

    public async IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(
        OptimizationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var days = new HashSet<DateTime>();
        var instances = new Dictionary<(string ResourceId, string Type, string Currency), InstanceUsage>();
        await foreach (var charge in costs.ReadAsync(new CostDataQuery { AnalysisId = request.AnalysisId }, cancellationToken))
        {
            days.Add(charge.ChargePeriodStart.UtcDateTime.Date);
            if (InstanceCharge.InstanceTypeOf(charge) is not { } type) continue;
            var key = (charge.ResourceId!, type, charge.BillingCurrency);
            if (!instances.TryGetValue(key, out var usage)) instances[key] = usage = new InstanceUsage(charge, type);
            usage.Add(charge);
        }

        var proposal = new ReservationProposal(days.Count, Discount(), clock.GetUtcNow());
        foreach (var usage in instances.Values.Where(usage => IsAskedFor(usage, request)).OrderByDescending(usage => usage.OnDemandCost.Amount))
            if (proposal.UsageRatio(usage) > _usageRatio && usage.OnDemandHours > usage.ReservedHours) yield return proposal.Make(usage);
    }

    // Prices of reservations are not in billing data: without a discount from the operator the savings are unknown, not 0.
    private decimal? Discount() => context.Settings.TryGet("reservation_discount", out _) ? context.Settings.GetDecimal("reservation_discount", 0) : null;

    private static bool IsAskedFor(InstanceUsage usage, OptimizationRequest request)
        => request.ResourceTypes.Count == 0 || request.ResourceTypes.Contains(usage.ResourceType, StringComparer.OrdinalIgnoreCase);
}
