using System.Text;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>The names of an archive, one after another: whether each is safe, and no other file beside those before it, on every system.</summary>
/// <param name="most">How many files and folders there may be, those among them that names only imply.</param>
internal sealed class EntryNames(int most)
{
    private const int Deepest = 64;

    /// <summary>What was seen, files and folders, by a spelling that all systems agree on.</summary>
    private readonly Dictionary<string, (string Name, bool IsFile)> _seen = new(StringComparer.Ordinal);

    /// <summary>Adds a name.</summary>
    /// <param name="name">The name, with forward slashes; that of a folder ends with one.</param>
    /// <returns>Why it is refused; null where nothing is amiss.</returns>
    public Finding? Add(string name)
    {
        var isFile = !name.EndsWith('/');
        var path = isFile ? name : name[..^1];
        if (FaultOf(path) is { } fault) return Unsafe(name, fault.Fault, fault.Remedy);

        // One name may imply scores of folders, so what counts is what was met, and nothing more is kept.
        if (_seen.Count > most) return TooMany;
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (Meet(path[..slash], isFile: false) is { } finding) return finding;
        }

        return Meet(path, isFile) ?? (_seen.Count > most ? TooMany : null);
    }

    /// <summary>That there are more than there may be.</summary>
    public Finding TooMany
        => Finding.Error(
            ArchiveCodes.TooManyEntries, $"The archive has more than {most:N0} files and folders.",
            "Remove what does not belong to the plugin, such as build output or caches, and pack again.");

    private static (string Fault, string Remedy)? FaultOf(string path)
    {
        if (SafePath.FindFault(path) is { } fault) return fault;
        if (path.AsSpan().Count('/') >= Deepest) return ($"is nested deeper than {Deepest} folders", "Flatten the plugin's folders.");
        return path.EnumerateRunes().Contains(Rune.ReplacementChar) ? ("is not UTF-8", "Pack with a tool that writes names in UTF-8.") : null;
    }

    private Finding? Meet(string path, bool isFile)
    {
        var key = path.Normalize(NormalizationForm.FormC).ToUpperInvariant();
        if (_seen.TryAdd(key, (path, isFile))) return null;
        var (name, wasFile) = _seen[key];
        if (isFile != wasFile)
            return Finding.Error(
                ArchiveCodes.FileAndFolder, $"{ShownText.Quote(path)} is a file and a folder at once.", "Rename one of them and pack again.");
        if (!isFile && name == path) return null;
        return Finding.Error(
            ArchiveCodes.NamesCollide,
            name == path
                ? $"{ShownText.Quote(path)} is there more than once."
                : $"{ShownText.Quote(path)} and {ShownText.Quote(name)} are one name where case or accents are not told apart.",
            "Keep one of them and pack again.");
    }

    private static Finding Unsafe(string name, string fault, string remedy)
        => Finding.Error(ArchiveCodes.NameUnsafe, $"The archive's entry {ShownText.Quote(name)} {fault}.", remedy + " Then pack again.");
}
