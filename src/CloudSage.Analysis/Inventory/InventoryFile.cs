using CloudSage.PluginHost;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Resources;
using Sylvan.Data.Csv;

namespace CloudSage.Analysis.Inventory;

/// <summary>Reads an inventory: a CSV file with one line for each resource. A line that cannot be read is a finding, and the others count.</summary>
internal static class InventoryFile
{
    private const string ResourceIdColumn = "ResourceId";

    private static readonly (string Column, ResourceMetric Metric)[] SeriesColumns =
    [
        ("MetricsFile", ResourceMetric.CpuUtilization),
        ("MemoryMetricsFile", ResourceMetric.MemoryUtilization),
        ("NetworkInMetricsFile", ResourceMetric.NetworkIn),
        ("NetworkOutMetricsFile", ResourceMetric.NetworkOut),
    ];

    public static async Task<(IReadOnlyList<InventoryEntry> Entries, IReadOnlyList<Finding> Findings)> ReadAsync(
        string path, int capacity, CancellationToken cancellationToken)
    {
        List<InventoryEntry> entries = [];
        List<Finding> findings = [];
        try
        {
            await using var csv = await CsvDataReader.CreateAsync(path, new CsvDataReaderOptions(), cancellationToken);
            var columns = Columns(csv);
            if (!columns.ContainsKey(ResourceIdColumn))
                return ([], [Unreadable(path, 1, $"It has no column {ResourceIdColumn}.", "Put the column names into the first line.")]);

            while (await csv.ReadAsync(cancellationToken))
            {
                var line = csv.RowNumber + 1;
                string? Cell(string column)
                    => columns.TryGetValue(column, out var i) && i < csv.RowFieldCount && csv.GetString(i) is { Length: > 0 } text ? text : null;

                if (Cell(ResourceIdColumn) is not { } id)
                    findings.Add(Unreadable(path, line, $"{ResourceIdColumn} is empty.", "Give every resource its identity."));
                else if (entries.Count >= capacity)
                    return (entries, [.. findings, TooMany(path, line, capacity)]);
                else
                    entries.Add(Entry(id, Cell, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "."));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            // The operator's file is not there, not readable or no CSV: the analysis goes on without the rest of it.
            findings.Add(Unreadable(path, null, e.Message, "Mend the file, or set another path in the analysis options."));
        }

        return (entries, findings);
    }

    private static Dictionary<string, int> Columns(CsvDataReader csv)
    {
        Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < csv.FieldCount; i++) columns.TryAdd(csv.GetName(i).Trim(), i);
        return columns;
    }

    private static InventoryEntry Entry(string id, Func<string, string?> cell, string directory)
    {
        var provider = cell("ProviderName") ?? "unknown";
        var instanceType = cell("InstanceType");
        var isEc2 = instanceType is not null && provider.Contains("AWS", StringComparison.OrdinalIgnoreCase);
        var resource = new CloudResource
        {
            ResourceId = id,
            ResourceName = cell("ResourceName"),
            ResourceType = cell("ResourceType") ?? (isEc2 ? "ec2" : "unknown"),
            ProviderName = provider,
            ServiceName = cell("ServiceName"),
            SubAccountId = cell("SubAccountId"),
            RegionId = cell("RegionId"),
            AvailabilityZone = cell("AvailabilityZone"),
            InstanceType = instanceType,
            State = Enum.TryParse<ResourceState>(cell("State"), ignoreCase: true, out var state) ? state : ResourceState.Unknown,
        };
        var series = SeriesColumns
            .Select(entry => (entry.Metric, File: cell(entry.Column)))
            .Where(static entry => entry.File is not null)
            .ToDictionary(static entry => entry.Metric, entry => Path.Combine(directory, entry.File!));
        return new InventoryEntry(resource, series);
    }

    private static Finding TooMany(string path, int line, int capacity)
        => Unreadable(path, line, $"It has more than {capacity} resources.", $"Raise {nameof(AnalysisOptions.MaxResources)} in the analysis options.");

    private static Finding Unreadable(string path, int? line, string what, string remedy)
        => Finding.Warning(AnalysisCodes.InventoryUnreadable, $"The inventory cannot be read (whole). {what}", remedy, new FindingLocation(path, line));
}
