using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Commands have plain names, each once.</summary>
internal sealed partial class CommandRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        var names = document.Root.ItemsWith("commands", "name").Select(static c => c.Value).Where(static n => !n.Text.AsSpan().IsWhiteSpace()).ToList();
        foreach (var name in names.Where(static n => !Safe().IsMatch(n.Text)))
            yield return Finding.Error(
                ManifestCodes.CommandName, $"The command's name {ShownText.Quote(name.Text)} is not safe.",
                "Use letters a-z, digits, hyphens, underscores and dots, starting with a letter, 64 at most.", name.At);
        // Names that differ in case alone are one name on a command line that ignores case.
        foreach (var finding in Duplicates.Find(names, "The command", StringComparer.OrdinalIgnoreCase)) yield return finding;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex Safe();
}
