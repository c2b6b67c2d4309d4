using System.Text;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>Python packages, from <see href="https://pip.pypa.io/en/stable/reference/requirements-file-format/">requirements.txt</see>. Only pinned ones (<c>==</c>) have a version.</summary>
internal sealed partial class PythonClosure : IClosureReader
{
    private const string Requirements = "requirements.txt";

    public void Read(PluginFolder folder, PackageClosure closure)
    {
        if (folder.Has(Requirements)) ReadAll(folder, closure);
        else if (folder.Files.FirstOrDefault(static f => f is "pyproject.toml" or "Pipfile" or "setup.py") is { } other)
            closure.AddUnresolved($"'{other}' has no '{Requirements}' beside it, so nothing says which versions are there.");
    }

    /// <summary>One file after another, each once, however they include each other.</summary>
    private static void ReadAll(PluginFolder folder, PackageClosure closure)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { Requirements };
        var waiting = new Queue<string>(seen);
        while (waiting.TryDequeue(out var file))
        {
            if (folder.ReadWhole(file, closure) is not { } bytes) continue;
            foreach (var included in Read(Encoding.UTF8.GetString(bytes), file, closure))
            {
                var path = file[..(file.LastIndexOf('/') + 1)] + included;
                if (!folder.Has(path)) closure.AddUnresolved($"'{Shown(included)}', which '{file}' includes, is not among the plugin's files.");
                else if (seen.Add(path)) waiting.Enqueue(path);
            }
        }
    }

    /// <summary>Reads a file, and names those that it includes.</summary>
    private static IEnumerable<string> Read(string text, string file, PackageClosure closure)
    {
        foreach (var line in Lines(text))
        {
            if (Include.Match(line) is { Success: true } include) yield return include.Groups["file"].Value;
            else if (Pinned.Match(line) is { Success: true } pinned) closure.Add(PackageEcosystem.PyPI, pinned.Groups["name"].Value, pinned.Groups["version"].Value, file);
            // Options such as --hash, --index-url and --constraint name no package.
            else if (!line.StartsWith('-') || line.StartsWith("-e", StringComparison.Ordinal) || line.StartsWith("--editable", StringComparison.Ordinal))
                closure.AddUnresolved($"'{Shown(line)}' in '{file}' is not pinned: write NAME==VERSION.");
        }
    }

    /// <summary>Logical lines: without comments, those that end in a backslash joined with the next.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        using var lines = new StringReader(Continuation.Replace(text, " "));
        while (lines.ReadLine() is { } line)
        {
            if (Comment.Replace(line, string.Empty).Trim() is { Length: > 0 } content) yield return content;
        }
    }

    private static string Shown(string line) => UnresolvedSentences.Shown(line, 80);

    [GeneratedRegex(@"\\\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex Continuation { get; }

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment { get; }

    // What repeats is atomic, (?>...), wherever something else may take the same characters: the time must grow with the line, not with its square.
    [GeneratedRegex(@"^(-r|--requirement)(?>[\s=]*)(?<file>\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Include { get; }

    [GeneratedRegex(
        @"^(?<name>[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)(?>\s*)(\[[^\]]*\](?>\s*))?={2,3}(?>\s*)(?<version>[^\s,;*]+)(?>\s*)(;.*|((?<=\s)--hash[=\s]\S+(?>\s*))*)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pinned { get; }
}
