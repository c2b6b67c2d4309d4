using System.Collections.ObjectModel;
using System.Text.Json;

namespace CloudSage.Samples.BillingFiles;

/// <summary>A column of tags: a JSON object, or its members alone (without braces), as Azure exports them.</summary>
public sealed class TagsColumn : BillingColumn
{
    private readonly RecentValues<IReadOnlyDictionary<string, string>?> _tags = new(Parse);

    /// <inheritdoc />
    public TagsColumn(BillingTable table, string name) : base(table, name) { }

    /// <summary>The current row's tags; a tag without a value has the value "". Tags that cannot be read give a finding and no tags.</summary>
    public IReadOnlyDictionary<string, string> Value
    {
        get
        {
            var text = Span.Trim();
            if (text.IsEmpty || text is "{}") return ReadOnlyDictionary<string, string>.Empty;
            if (_tags.Get(text) is { } tags) return tags;
            Report(FindingCodes.InvalidTags, $"{Quote(text)} is not a JSON object; no tags were taken.");
            return ReadOnlyDictionary<string, string>.Empty;
        }
    }

    private static ReadOnlyDictionary<string, string>? Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text.StartsWith('"') ? $"{{{text}}}" : text);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            var tags = new Dictionary<string, string>();
            foreach (var tag in json.RootElement.EnumerateObject())
                tags[tag.Name] = tag.Value.ValueKind switch
                {
                    JsonValueKind.String => tag.Value.GetString() ?? "",
                    JsonValueKind.Null => "",
                    _ => tag.Value.GetRawText(),
                };
            return tags.AsReadOnly();
        }
        catch (JsonException)
        {
            // Reported by the caller, once for every row.
            return null;
        }
    }
}
