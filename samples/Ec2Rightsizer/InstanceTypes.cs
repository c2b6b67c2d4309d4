using System.Globalization;
using Sylvan.Data.Csv;

namespace CloudSage.Samples.Rightsizing;

/// <summary>The instance types that the plugin knows.</summary>
internal sealed class InstanceTypes(IEnumerable<InstanceType> types)
{
    private readonly ILookup<string, InstanceType> _byName = types.ToLookup(type => type.Name, StringComparer.OrdinalIgnoreCase);
    private readonly ILookup<string, InstanceType> _byFamily = types.ToLookup(type => type.Family, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the types from a CSV file, or those that the plugin brings along.</summary>
    /// <exception cref="FormatException">A line is not an instance type.</exception>
    public static async Task<InstanceTypes> LoadAsync(string? path, CancellationToken cancellationToken)
    {
        using var reader = path is null
            ? new StreamReader(typeof(InstanceTypes).Assembly.GetManifestResourceStream("instance-types.csv")!)
            : new StreamReader(path);
        await using var csv = await CsvDataReader.CreateAsync(reader, new CsvDataReaderOptions(), cancellationToken);
        var columns = csv.GetColumnSchema().ToDictionary(column => column.ColumnName, column => column.ColumnOrdinal!.Value, StringComparer.OrdinalIgnoreCase);
        List<InstanceType> types = [];
        while (await csv.ReadAsync(cancellationToken)) types.Add(Read(csv, columns, path ?? "instance-types.csv"));
        return new InstanceTypes(types);
    }

    /// <summary>A type by its name, with its price in a region; null where the price there is not known.</summary>
    public InstanceType? Find(string name, string? region) => _byName[name].FirstOrDefault(type => HoldsIn(type, region));

    /// <summary>The next smaller size of the same family; null where there is none.</summary>
    public InstanceType? OneSizeDown(InstanceType type) => _byFamily[type.Family]
        .Where(other => other.RegionId == type.RegionId && (other.MemoryGiB, other.VCpu).CompareTo((type.MemoryGiB, type.VCpu)) < 0)
        .MaxBy(other => (other.MemoryGiB, other.VCpu));

    private static bool HoldsIn(InstanceType type, string? region) => type.RegionId is null || region is null || type.RegionId == region;

    private static InstanceType Read(CsvDataReader csv, Dictionary<string, int> columns, string file)
    {
        string? Cell(string column) => columns.TryGetValue(column, out var i) && csv.GetString(i) is { Length: > 0 } text ? text : null;
        if (Cell("InstanceType") is { } name
            && int.TryParse(Cell("VCpu"), CultureInfo.InvariantCulture, out var cpus)
            && decimal.TryParse(Cell("MemoryGiB"), NumberStyles.Float, CultureInfo.InvariantCulture, out var memory)
            && decimal.TryParse(Cell("OnDemandHourlyUsd"), NumberStyles.Float, CultureInfo.InvariantCulture, out var price))
            return new InstanceType(name, cpus, memory, price, Cell("Currency") ?? "USD", Cell("RegionId"));
        throw new FormatException($"{file}({csv.RowNumber + 1}): the columns InstanceType, VCpu, MemoryGiB and OnDemandHourlyUsd must all have a value.");
    }
}
