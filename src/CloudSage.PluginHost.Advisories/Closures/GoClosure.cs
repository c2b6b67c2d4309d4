using System.Text;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>
/// Go modules, from the <c>require</c> and <c>replace</c> directives of a <see href="https://go.dev/ref/mod#go-mod-file">go.mod</see>. From Go 1.17 on it
/// lists every module that is needed, the indirect ones too. A <c>go.sum</c> must know each.
/// </summary>
internal sealed class GoClosure : IClosureReader
{
    private const string ModuleFile = "go.mod";
    private const string SumFile = "go.sum";

    public void Read(PluginFolder folder, PackageClosure closure)
    {
        if (!folder.Has(ModuleFile)) return;
        if (folder.ReadWhole(ModuleFile, closure) is not { } bytes) return;
        var required = new Dictionary<string, string>(StringComparer.Ordinal);
        var replaced = new List<(string Module, string? Version, string[] By)>();
        foreach (var (verb, words) in Directives(Encoding.UTF8.GetString(bytes)))
        {
            if (verb == "require" && words is [var module, var version, ..]) required[module] = version;
            else if (verb == "replace" && Array.IndexOf(words, "=>") is > 0 and var arrow) replaced.Add((words[0], arrow > 1 ? words[1] : null, words[(arrow + 1)..]));
            else if (verb == "toolchain" && words is [var name] && name.StartsWith("go", StringComparison.Ordinal)) closure.Add(PackageEcosystem.Go, "stdlib", name[2..], ModuleFile);
        }

        var sums = Sums(folder, closure, required.Count > 0);
        foreach (var (module, version) in required) Add(module, version, replaced, sums, closure);
    }

    private static void Add(string module, string version, List<(string Module, string? Version, string[] By)> replaced, HashSet<string>? sums, PackageClosure closure)
    {
        var by = replaced.Find(r => r.Module == module && (r.Version is null || r.Version == version)).By;
        if (by is [_])
        {
            closure.AddUnresolved($"'{module}' is replaced by the folder '{by[0]}' in '{ModuleFile}', so no advisory can be matched.");
            return;
        }

        var (name, used) = by is [var other, var otherVersion] ? (other, otherVersion) : (module, version);
        if (sums is not null && !sums.Contains($"{name} {used}")) closure.AddUnresolved($"'{SumFile}' does not know {name} {used}, which '{ModuleFile}' requires.");
        closure.Add(PackageEcosystem.Go, name, used, ModuleFile);
    }

    /// <summary>The modules that go.sum knows, each as name and version; null where there is none.</summary>
    private static HashSet<string>? Sums(PluginFolder folder, PackageClosure closure, bool needed)
    {
        if (!folder.Has(SumFile))
        {
            if (needed) closure.AddUnresolved($"'{ModuleFile}' has no '{SumFile}' beside it, so nothing says what was really built in.");
            return null;
        }

        if (folder.ReadWhole(SumFile, closure) is not { } bytes) return null;
        return Encoding.UTF8.GetString(bytes).Split('\n')
            .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(static words => words.Length == 3)
            .Select(static words => $"{words[0]} {words[1].Replace("/go.mod", string.Empty, StringComparison.Ordinal)}")
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Each directive with its words, those of blocks in parentheses one by one.</summary>
    private static IEnumerable<(string Verb, string[] Words)> Directives(string text)
    {
        string? block = null;
        foreach (var raw in text.Split('\n'))
        {
            var comment = raw.IndexOf("//", StringComparison.Ordinal);
            string[] words = [.. (comment < 0 ? raw : raw[..comment]).Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(static w => w.Trim('"', '`'))];
            if (words.Length == 0) continue;
            if (block is null && words is [var opened, "("]) block = opened;
            else if (words is [")"]) block = null;
            else if (block is not null) yield return (block, words);
            else yield return (words[0], words[1..]);
        }
    }
}
