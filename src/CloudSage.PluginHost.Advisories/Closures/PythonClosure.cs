using System.Text;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>Python packages, from <see href="https://pip.pypa.io/en/stable/reference/requirements-file-format/">requirements.txt</see>. Only pinned ones (<c>==</c>) have a version.</summary>
internal sealed partial class PythonClosure : IClosureReader
{
    private const string Requirements = "requirements.txt";

    public void Read(PluginFolder folder, PackageClosure closure)
    {
        if (folder.Has(Requirements)) Read(folder, Requirements, closure, []);
        else if (folder.Files.FirstOrDefault(static f => f is "pyproject.toml" or "Pipfile" or "setup.py") is { } other)
            closure.AddUnresolved($"'{other}' has no '{Requirements}' beside it, so nothing says which versions are there.");
    }

    private static void Read(PluginFolder folder, string file, PackageClosure closure, HashSet<string> seen)
    {
        if (!seen.Add(file)) return;
        if (folder.ReadWhole(file, closure) is not { } bytes) return;
        foreach (var line in Lines(Encoding.UTF8.GetString(bytes)))
        {
            if (Include.Match(line) is { Success: true } include) Follow(folder, file, include.Groups["file"].Value, closure, seen);
            else if (Pinned.Match(line) is { Success: true } pinned) closure.Add(PackageEcosystem.PyPI, pinned.Groups["name"].Value, pinned.Groups["version"].Value, file);
            // Options such as --hash, --index-url and --constraint name no package.
            else if (!line.StartsWith('-') || line.StartsWith("-e", StringComparison.Ordinal) || line.StartsWith("--editable", StringComparison.Ordinal))
                closure.AddUnresolved($"'{Shown(line)}' in '{file}' is not pinned: write NAME==VERSION.");
        }
    }

    private static void Follow(PluginFolder folder, string file, string included, PackageClosure closure, HashSet<string> seen)
    {
        var path = Path.GetDirectoryName(file) is { Length: > 0 } parent ? $"{parent}/{included}" : included;
        if (folder.Has(path)) Read(folder, path, closure, seen);
        else closure.AddUnresolved($"'{Shown(included)}', which '{file}' includes, is not among the plugin's files.");
    }

    /// <summary>Logical lines: without comments, those that end in a backslash joined with the next.</summary>
    private static IEnumerable<string> Lines(string text)
        => Continuation.Replace(text, " ").Split('\n').Select(static line => Comment.Replace(line, string.Empty).Trim()).Where(static line => line.Length > 0);

    private static string Shown(string line) => line.Length <= 80 ? line : line[..80] + "...";

    [GeneratedRegex(@"\\\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex Continuation { get; }

    [GeneratedRegex(@"(^|\s)#.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Comment { get; }

    [GeneratedRegex(@"^(-r|--requirement)[\s=]*(?<file>\S+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Include { get; }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*={2,3}\s*(?<version>[^\s,;*]+)\s*(;.*)?(\s+--hash[=\s]\S+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pinned { get; }
}
