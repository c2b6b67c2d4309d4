using System.Globalization;
using CloudSage.Plugins.Analysis;

namespace CloudSage.Analysis.Aggregation;

/// <summary>What was wrong in a source: the first findings as they are, and how many more there were of each code.</summary>
internal sealed class DataQualityList(int capacity)
{
    public const string OmittedCode = "findings-omitted";
    private const int MaxText = 1_024;
    private const int MaxCodes = 64;
    private const string OtherCodes = "other";

    private readonly List<DataQualityFinding> _kept = [];
    private readonly SortedDictionary<string, long> _omitted = new(StringComparer.Ordinal);

    public void Add(DataQualityFinding finding)
    {
        if (_kept.Count < capacity)
        {
            _kept.Add(finding with { Message = Cut(finding.Message) });
            return;
        }

        var code = Cut(finding.Code);
        if (_omitted.Count >= MaxCodes && !_omitted.ContainsKey(code)) code = OtherCodes;
        _omitted[code] = _omitted.GetValueOrDefault(code) + 1;
    }

    /// <summary>The findings; where some were left out, a last line says how many of which code.</summary>
    public IReadOnlyList<DataQualityFinding> ToList() => _omitted.Count == 0 ? [.. _kept] : [.. _kept, Omitted()];

    private DataQualityFinding Omitted()
    {
        var counts = string.Join(", ", _omitted.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:N0}")));
        return new DataQualityFinding(null, null, OmittedCode, string.Create(
            CultureInfo.InvariantCulture, $"{_omitted.Values.Sum():N0} more findings are not listed: {counts}."));
    }

    // A plugin may break its own nullability promises: the text is foreign.
    private static string Cut(string? text) => text is null ? string.Empty : text.Length <= MaxText ? text : text[..MaxText];
}
