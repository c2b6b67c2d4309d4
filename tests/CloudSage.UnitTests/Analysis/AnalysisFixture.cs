using CloudSage.Analysis;
using CloudSage.Analysis.Hosting;
using CloudSage.Analysis.Reporting;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Adapters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Analysis;

/// <summary>The analysis as a host registers it, with plain objects as plugins.</summary>
internal sealed class AnalysisFixture : IDisposable
{
    private readonly ServiceProvider _provider;

    public AnalysisFixture(Action<AnalysisOptions>? configure = null)
    {
        _provider = new ServiceCollection()
            .AddSingleton<IExtensionBroker>(Broker)
            .AddSingleton<IEventBus>(Bus)
            .AddSingleton<IPluginHost>(new EmptyHost(new PluginStatus { Name = "p", State = PluginState.Active, Version = "1.2.3", Type = "optimizer" }))
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddCostAnalysis(configure ?? (static _ => { }))
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public InProcessBroker Broker { get; } = new();

    public RecordingBus Bus { get; } = new();

    public static CostAnalysisRequest Request { get; } = new() { Sources = [new CostSource("bill.csv", "/nowhere/bill.csv")] };

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public Task<CostAnalysisReport> AnalyzeAsync(CostAnalysisRequest? request = null, IProgress<CostAnalysisProgress>? progress = null)
        => Get<ICostAnalyzer>().AnalyzeAsync(request ?? Request, progress, CancellationToken.None);

    public void Dispose() => _provider.Dispose();
}
