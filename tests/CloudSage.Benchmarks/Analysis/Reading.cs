using CloudSage.Plugins.Adapters;
using Sylvan.Data.Csv;

namespace CloudSage.Benchmarks.Analysis;

/// <summary>The ways to read a file, each returning how many rows it saw.</summary>
internal static class Reading
{
    /// <summary>The CSV library alone, every field of every row as text on the reader's buffer.</summary>
    public static long Spans(string path)
    {
        using var csv = Open(path);
        var (rows, characters) = (0L, 0L);
        while (csv.Read())
        {
            rows++;
            for (var i = 0; i < csv.RowFieldCount; i++) characters += csv.GetFieldSpan(i).Length;
        }

        return characters > 0 ? rows : throw new InvalidOperationException("The file is empty.");
    }

    /// <summary>The CSV library alone, every field of every row as a string.</summary>
    public static long Strings(string path)
    {
        using var csv = Open(path);
        var (rows, characters) = (0L, 0L);
        while (csv.Read())
        {
            rows++;
            for (var i = 0; i < csv.RowFieldCount; i++) characters += csv.GetString(i).Length;
        }

        return characters > 0 ? rows : throw new InvalidOperationException("The file is empty.");
    }

    /// <summary>An adapter called directly, its records counted and dropped.</summary>
    public static async Task<long> TranslationAsync(ICloudAdapter adapter, string path)
    {
        var rows = 0L;
        await foreach (var step in adapter.TranslateAsync(new CostSource(Path.GetFileName(path), path), CancellationToken.None))
            if (step.Record is not null) rows++;
        return rows;
    }

    private static CsvDataReader Open(string path)
        => CsvDataReader.Create(path, new CsvDataReaderOptions { BufferSize = 64 * 1024, MaxBufferSize = 1 << 20, CsvStyle = CsvStyle.Lax });
}
