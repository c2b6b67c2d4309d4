using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Platforms are named once each, and their hashes are SHA-256.</summary>
internal sealed partial class PlatformRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        foreach (var (_, hash) in document.Root.ItemsWith("platforms", "hash").Where(static p => !Sha256().IsMatch(p.Value.Text)))
            yield return Finding.Error(
                ManifestCodes.PlatformHash,
                $"The hash {ShownText.Quote(hash.Text)} is not a SHA-256.",
                "Write sha256: and 64 hexadecimal digits.",
                hash.At);

        var seen = new Dictionary<(string?, string?), FindingLocation>();
        foreach (var (platform, os) in document.Root.ItemsWith("platforms", "os"))
        {
            var key = (os.Shape.Choose(os.Text), platform.Scalar("arch") is { } arch ? arch.Shape.Choose(arch.Text) : null);
            if (key.Item1 is null || seen.TryAdd(key, os.At)) continue;
            yield return Finding.Error(
                ManifestCodes.DuplicateEntry,
                $"The platform {ShownText.Quote($"{key.Item1} {key.Item2}".TrimEnd())} is already at line {seen[key].Line}, column {seen[key].Column}.",
                "Keep one of the two.",
                os.At);
        }
    }

    [GeneratedRegex(@"\Asha256:[0-9a-fA-F]{64}\z")]
    private static partial Regex Sha256();
}
