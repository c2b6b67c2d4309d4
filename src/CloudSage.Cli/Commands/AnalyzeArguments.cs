using CloudSage.Analysis;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Costs;

namespace CloudSage.Cli.Commands;

/// <summary>What <c>csg analyze</c> was asked.</summary>
internal sealed record AnalyzeArguments
{
    public required IReadOnlyList<string> Files { get; init; }

    public required string Plugins { get; init; }

    public required CostMetric Metric { get; init; }

    public required ChargeFilter Charges { get; init; }

    public required IReadOnlyList<string> Settings { get; init; }

    public string? Inventory { get; init; }

    public bool Verbose { get; init; }

    /// <summary>What is wrong with it that can be seen before anything is started.</summary>
    public IEnumerable<Finding> Check()
    {
        foreach (var file in Files.Append(Inventory).OfType<string>().Where(static f => !File.Exists(f)))
            yield return Finding.Error(CliCodes.NotFound, $"There is no file '{file}'.", "Check the path.");
        if (PluginFolder.Check(Plugins) is { } missing) yield return missing;
    }

    public CostAnalysisRequest ToRequest() => new()
    {
        Sources = [.. Files.Select(static f => new CostSource(Path.GetFileName(f), Path.GetFullPath(f)))],
        Metric = Metric,
        ChargeFilter = Charges,
    };
}
