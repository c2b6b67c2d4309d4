using System.Globalization;
using System.Text.Json;

namespace CloudSage.PluginHost.Registration;

/// <summary>The version of a document's format, so that one of a newer program is not taken for a damaged one and lost.</summary>
/// <param name="Key">The member of the document that has the version.</param>
/// <param name="Newest">The newest version that this program knows.</param>
/// <param name="NewerCode">What is said of a newer one.</param>
internal sealed record DocumentFormat(string Key, int Newest, string NewerCode)
{
    /// <summary>The version, where it is newer than this program; null where it is not, or the document has none.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public string? FindNewer(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isVersion = reader.ValueTextEquals(Key);
            reader.Read();
            if (isVersion) return reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var version) && version > Newest ? version.ToString(CultureInfo.InvariantCulture) : null;
            reader.Skip();
        }

        return null;
    }

    public Finding WrittenByNewer(string path, string version) => Finding.Error(NewerCode,
        $"The file '{path}' has {Key} {version}; this program knows up to {Newest}, so a newer csg or host wrote it.", "Use that version of csg and of the host. This one changes nothing in the file.", new FindingLocation(path));
}
