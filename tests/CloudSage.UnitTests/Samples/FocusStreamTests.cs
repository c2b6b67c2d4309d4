using System.Globalization;
using CloudSage.Plugins.Adapters;
using CloudSage.Samples.Focus;

namespace CloudSage.UnitTests.Samples;

/// <summary>Large files: rows stream, memory does not grow with them.</summary>
[NonParallelizable]
public sealed class FocusStreamTests
{
    private const int Rows = 200_000;
    private string _path = "";

    [OneTimeSetUp]
    public void WriteLargeFile()
    {
        _path = Path.Combine(Path.GetTempPath(), $"focus-{Guid.NewGuid():N}.csv");
        using var file = new StreamWriter(_path);
        file.WriteLine("ChargePeriodStart,ChargeCategory,BilledCost,EffectiveCost,ListCost,BillingCurrency,ServiceName,ResourceId,RegionId,Tags,x_Row");
        for (var i = 0; i < Rows; i++)
            file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"2026-05-{1 + i % 31:00}T{i % 24:00}:00:00Z,Usage,0.{i % 1000:000},0.{i % 1000:000},1,USD,Service {i % 20},i-{i:x8},eu-west-1,\"{{\"\"team\"\":\"\"{i % 50}\"\"}}\",{i}"));
    }

    [OneTimeTearDown]
    public void DeleteLargeFile() => File.Delete(_path);

    [Test]
    public async Task Memory_stays_bounded_while_rows_stream()
    {
        var (rows, peak, sum) = (0, 0L, 0m);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var step in new FocusAdapter().TranslateAsync(new CostSource("large.csv", _path), CancellationToken.None))
        {
            rows++;
            sum += step.Record!.BilledCost!.Value;
            if (rows % 1000 == 0) peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: rows % 20_000 == 0) - before);
        }

        rows.Should().Be(Rows);
        sum.Should().Be(Rows / 1000 * 499.5m);
        peak.Should().BeLessThan(64 * 1024 * 1024);
    }

    [Test]
    public async Task Cancellation_ends_the_stream_in_the_middle_and_closes_the_file()
    {
        using var cancellation = new CancellationTokenSource();
        var rows = 0;
        var read = async () =>
        {
            await foreach (var _ in new FocusAdapter().TranslateAsync(new CostSource("large.csv", _path), cancellation.Token))
                if (++rows == 1000) await cancellation.CancelAsync();
        };

        await read.Should().ThrowAsync<OperationCanceledException>();
        rows.Should().Be(1000);
        using var exclusive = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        exclusive.CanWrite.Should().BeTrue();
    }

    [Test]
    public async Task A_caller_that_stops_early_closes_the_file()
    {
        await foreach (var _ in new FocusAdapter().TranslateAsync(new CostSource("large.csv", _path), CancellationToken.None)) break;

        using var exclusive = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        exclusive.CanWrite.Should().BeTrue();
    }
}
