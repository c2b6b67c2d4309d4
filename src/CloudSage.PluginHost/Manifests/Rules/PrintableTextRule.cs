namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>No text holds control characters, which escapes in double quotes can bring in: texts end up in logs and on terminals.</summary>
internal sealed class PrintableTextRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from scalar in document.All.OfType<ManifestScalar>()
           where scalar.Path is not ("name" or "entry_point")
           let hidden = scalar.Text.EnumerateRunes().Where(static rune => rune.Value is not ('\n' or '\t' or '\r') && IsControl(rune)).Take(1).ToArray()
           where hidden.Length == 1
           select Finding.Error(ManifestCodes.ControlCharacter, $"{scalar.Path} holds the control character {ShownText.Character(hidden[0])}.", "Remove it.", scalar.At);

    private static bool IsControl(System.Text.Rune rune) => System.Text.Rune.IsControl(rune) || rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
