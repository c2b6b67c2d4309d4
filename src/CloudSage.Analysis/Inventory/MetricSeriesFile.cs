using System.Globalization;
using CloudSage.PluginHost;
using Sylvan.Data.Csv;

namespace CloudSage.Analysis.Inventory;

/// <summary>
/// Reads a series of samples: a CSV file with the columns timestamp (UTC where it states no zone) and value. All of it can be read, or none counts.
/// </summary>
internal static class MetricSeriesFile
{
    public static async Task<(IReadOnlyList<MetricSample> Samples, Finding? Finding)> ReadAsync(string path, int capacity, CancellationToken cancellationToken)
    {
        List<MetricSample> samples = [];
        try
        {
            await using var csv = await CsvDataReader.CreateAsync(path, new CsvDataReaderOptions(), cancellationToken);
            if (csv.FieldCount < 2) return ([], Unreadable(path, 1, "It does not have the columns timestamp and value."));
            while (await csv.ReadAsync(cancellationToken))
            {
                if (samples.Count >= capacity) return ([], Unreadable(path, csv.RowNumber + 1, $"It has more than {capacity} samples."));
                if (csv.RowFieldCount < 2 || Parse(csv.GetString(0), csv.GetString(1)) is not { } sample)
                    return ([], Unreadable(path, csv.RowNumber + 1, "The line is not a timestamp and a number."));
                samples.Add(sample);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            // The operator's file is not there, not readable or no CSV: its resource has no metrics then.
            return ([], Unreadable(path, null, e.Message));
        }

        return samples.Count == 0 ? ([], Unreadable(path, null, "It has no samples.")) : (samples, null);
    }

    private static MetricSample? Parse(string timestamp, string value)
        => DateTimeOffset.TryParse(
               timestamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
           && decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? new MetricSample(at, number)
            : null;

    private static Finding Unreadable(string path, int? line, string what) => Finding.Warning(
        AnalysisCodes.MetricsUnreadable, $"The metrics cannot be read, so their resource is taken to have none. {what}",
        "Mend the file, or take it out of the inventory.", new FindingLocation(path, line));
}
