using CloudSage.PluginHost.Runner.Caching;
using CloudSage.PluginHost.Runner.Child;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>Finds out what is in a file: from what is remembered, or by a scan.</summary>
internal sealed class FileScan(WarmScanner scanner, VerdictCache cache)
{
    public async Task<ScanAnswer> OfAsync(PluginFile file, CancellationToken cancellationToken)
    {
        if (cache.Find(file.Sha256) is { } known) return new ScanAnswer(ScanEnd.Report, known, string.Empty);
        var answer = await scanner.ScanAsync(file.FullPath, cancellationToken).ConfigureAwait(false);
        if (answer.Report is not { Refusal: null } report) return answer;
        // Who scanned other bytes than those that are to be loaded has scanned nothing.
        if (report.Sha256 != file.Sha256) return new ScanAnswer(ScanEnd.Died, null, "It looked at other bytes than those that were hashed.");
        cache.Keep(report);
        return answer;
    }
}
