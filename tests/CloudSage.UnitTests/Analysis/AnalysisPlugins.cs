using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Optimization;
using static CloudSage.UnitTests.Analysis.Recommendations;

namespace CloudSage.UnitTests.Analysis;

internal sealed class RecordingHook : ICostAnalysisHook
{
    public List<CostAnalysisContext> Before { get; } = [];

    public List<CostAnalysisContext> After { get; } = [];

    public ValueTask<CostAnalysisHookResult> BeforeAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
    {
        Before.Add(context);
        return ValueTask.FromResult(CostAnalysisHookResult.Empty);
    }

    public ValueTask<CostAnalysisHookResult> AfterAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
    {
        After.Add(context);
        return ValueTask.FromResult(new CostAnalysisHookResult
        {
            Findings = [new CostFinding("seen", AlertSeverity.Info, "seen")],
            Alerts =
            [
                new Alert
                {
                    AlertId = context.Currency!,
                    Type = AlertType.CostSpikeDetected,
                    Severity = AlertSeverity.Warning,
                    DedupKey = "k",
                    Title = "t",
                    OccurredAt = DateTimeOffset.UnixEpoch,
                    Observed = new Money(context.DailySpike?.Current ?? 0m, context.Currency!),
                },
            ],
        });
    }
}

internal sealed class RecordingHandler : IAlertHandler
{
    public List<Alert> Alerts { get; } = [];

    public ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken)
    {
        Alerts.Add(alert);
        return ValueTask.FromResult(new AlertDelivery { AlertId = alert.AlertId, Channel = "test", Status = AlertDeliveryStatus.Delivered });
    }
}

internal sealed class ReadingHook(ICostDataReader reader) : ICostAnalysisHook
{
    public List<CostRecord> Read { get; } = [];

    public async ValueTask<CostAnalysisHookResult> AfterAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
    {
        Read.AddRange(await reader.ReadAsync(new CostDataQuery { ServiceNames = ["S3"] }, cancellationToken).ToListAsync(cancellationToken));
        return CostAnalysisHookResult.Empty;
    }
}

internal sealed class WritingHook(IAlertPublisher publisher, IRecommendationWriter writer) : ICostAnalysisHook
{
    public async ValueTask<CostAnalysisHookResult> AfterAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(Recommendation("written", 1m), cancellationToken);
        await publisher.PublishAsync(
            new Alert { AlertId = "published", Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "k", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch },
            cancellationToken);
        return CostAnalysisHookResult.Empty;
    }
}

internal sealed class ThrowingPlugin : ICostAnalysisHook, IAlertHandler, IOptimizationEngine, IIntegration
{
    public ValueTask<CostAnalysisHookResult> BeforeAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken) => throw Boom();

    public ValueTask<CostAnalysisHookResult> AfterAnalysisAsync(CostAnalysisContext context, CancellationToken cancellationToken) => throw Boom();

    public ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken) => throw Boom();

    public IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(OptimizationRequest request, CancellationToken cancellationToken) => throw Boom();

    public IAsyncEnumerable<IntegrationRecord> ExportAsync(IntegrationRequest request, CancellationToken cancellationToken) => throw Boom();

    private static InvalidOperationException Boom() => new("boom");
}

internal sealed class InlineOptimizer(params IReadOnlyList<OptimizationRecommendation> recommendations) : IOptimizationEngine
{
    public IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(OptimizationRequest request, CancellationToken cancellationToken)
        => recommendations.ToAsyncEnumerable();
}

internal sealed class EndlessOptimizer : IOptimizationEngine
{
    public async IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(
        OptimizationRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; !cancellationToken.IsCancellationRequested; i++)
        {
            await Task.CompletedTask;
            yield return Recommendation($"{i}", 1m);
        }
    }
}

internal sealed class RecordingIntegration : IIntegration
{
    public IntegrationRequest? Request { get; private set; }

    public async IAsyncEnumerable<IntegrationRecord> ExportAsync(
        IntegrationRequest request, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Request = request;
        await Task.CompletedTask;
        yield return new IntegrationRecord
        {
            System = "test", Kind = "file", CorrelationId = request.CorrelationId, Operation = IntegrationOperation.Create, Status = IntegrationStatus.Succeeded,
        };
    }
}
