using System.Text;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>No text holds control characters, which escapes in double quotes can bring in: texts end up in logs and on terminals.</summary>
internal sealed class PrintableTextRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        // Name and entry point have rules of their own that say more.
        foreach (var scalar in document.All.OfType<ManifestScalar>().Where(static s => s.Path is not ("name" or "entry_point")))
            if (FindControl(scalar.Text, isLines: true) is { } found) yield return Error($"{scalar.Path} holds", found, scalar.At);

        foreach (var map in document.All.OfType<ManifestMap>().Where(static m => m.Shape is null))
            foreach (var (key, value) in map.Entries)
                if (FindControl(key, isLines: false) is { } found) yield return Error($"A key of {map.Path} holds", found, document.Locate(value.Path));
    }

    private static Finding Error(string what, Rune found, FindingLocation at)
        => Finding.Error(ManifestCodes.ControlCharacter, $"{what} the control character {ShownText.Character(found)}.", "Remove it.", at);

    private static Rune? FindControl(string text, bool isLines)
    {
        foreach (var rune in text.EnumerateRunes())
            if (IsControl(rune) && !(isLines && rune.Value is ('\n' or '\t' or '\r'))) return rune;
        return null;
    }

    private static bool IsControl(Rune rune) => Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
