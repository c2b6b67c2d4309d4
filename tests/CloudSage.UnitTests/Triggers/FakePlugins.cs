using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Commands;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.UnitTests.Triggers;

/// <summary>A command handler that tells the test of each call and answers what the test says.</summary>
internal sealed class FakeCommandHandler(Func<CommandRequest, CancellationToken, ValueTask<CommandResult>> answer) : ICommandHandler
{
    private readonly Channel<CommandRequest> _calls = Channel.CreateUnbounded<CommandRequest>();

    public FakeCommandHandler() : this(static (_, _) => ValueTask.FromResult(new CommandResult(true))) { }

    /// <summary>The calls in their order, each readable once.</summary>
    public ChannelReader<CommandRequest> Calls => _calls.Reader;

    public ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        _calls.Writer.TryWrite(request);
        return answer(request, cancellationToken);
    }
}

/// <summary>A command handler that runs until the test lets it end; obeys its token.</summary>
internal sealed class BlockingCommandHandler : ICommandHandler
{
    private readonly Channel<CommandRequest> _calls = Channel.CreateUnbounded<CommandRequest>();
    private readonly Channel<bool> _release = Channel.CreateUnbounded<bool>();

    public ChannelReader<CommandRequest> Calls => _calls.Reader;

    public void Release() => _release.Writer.TryWrite(true);

    public async ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        _calls.Writer.TryWrite(request);
        await _release.Reader.ReadAsync(cancellationToken);
        return new CommandResult(true);
    }
}

internal sealed class FakeAlertHandler(AlertDeliveryStatus status = AlertDeliveryStatus.Delivered) : IAlertHandler
{
    private readonly Channel<Alert> _alerts = Channel.CreateUnbounded<Alert>();

    public ChannelReader<Alert> Alerts => _alerts.Reader;

    public ValueTask<AlertDelivery> HandleAsync(Alert alert, CancellationToken cancellationToken)
    {
        _alerts.Writer.TryWrite(alert);
        return ValueTask.FromResult(new AlertDelivery { AlertId = alert.AlertId, Channel = "test", Status = status });
    }
}

/// <summary>Scans and optimises: so many resources and recommendations.</summary>
internal sealed class FakeFinder(int resources, int recommendations, bool scanFails = false) : IResourceScanner, IOptimizationEngine
{
    public async IAsyncEnumerable<CloudResource> ScanAsync(ResourceScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < resources; i++)
        {
            await Task.Yield();
            yield return new CloudResource { ResourceId = $"r{i}", ResourceType = "ec2", ProviderName = "AWS" };
        }

        if (scanFails) throw new InvalidOperationException("no more");
    }

    public async IAsyncEnumerable<OptimizationRecommendation> OptimizeAsync(
        OptimizationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; i < recommendations; i++)
        {
            await Task.Yield();
            yield return new OptimizationRecommendation
            {
                RecommendationId = $"{i}",
                ResourceId = $"r{i}",
                ResourceType = "ec2",
                Action = OptimizationAction.Stop,
                Current = new ResourceConfiguration("m5.large"),
            };
        }
    }
}
