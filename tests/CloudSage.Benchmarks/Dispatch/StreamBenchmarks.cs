using System.Globalization;
using BenchmarkDotNet.Attributes;
using CloudSage.Benchmarks.Plugins;
using CloudSage.Plugins.Resources;

namespace CloudSage.Benchmarks.Dispatch;

/// <summary>A plugin's stream of items that are there at once; figures are per item.</summary>
[MemoryDiagnoser]
public class StreamBenchmarks
{
    private const int Count = 100_000;
    private static readonly ResourceScanRequest Request = new() { ScanId = Count.ToString(CultureInfo.InvariantCulture) };
    private ServingPlugins _plugins = null!;
    private IResourceScanner _scanner = null!;

    [GlobalSetup]
    public void SetUp()
    {
        _plugins = ServingPlugins.Start(BuiltPlugin.Scanner);
        _scanner = _plugins.Entry<IResourceScanner>();
    }

    [GlobalCleanup]
    public void CleanUp() => _plugins.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Count, Description = "direct await foreach")]
    public async Task<int> Direct() => await CountAsync(_scanner.ScanAsync(Request, CancellationToken.None));

    [Benchmark(OperationsPerInvoke = Count, Description = "PluginStream")]
    public async Task<int> Stream() => await CountAsync(_plugins.Broker.Stream<IResourceScanner, ResourceScanRequest, CloudResource>(
        ServingPlugins.First, Request, static (scanner, request, token) => scanner.ScanAsync(request, token)));

    private static async Task<int> CountAsync(IAsyncEnumerable<CloudResource> resources)
    {
        var count = 0;
        await foreach (var _ in resources) count++;
        return count == Count ? count : throw new InvalidOperationException($"The stream ended after {count} items.");
    }
}
