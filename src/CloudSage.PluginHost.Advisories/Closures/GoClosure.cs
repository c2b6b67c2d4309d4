using System.Text;
using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>
/// Go modules, from the <c>require</c> and <c>replace</c> directives of a <see href="https://go.dev/ref/mod#go-mod-file">go.mod</see>. From Go 1.17 on it
/// lists every module that is needed, the indirect ones too. A <c>go.sum</c> must know each.
/// </summary>
internal sealed partial class GoClosure : IClosureReader
{
    private const string ModuleFile = "go.mod";
    private const string SumFile = "go.sum";

    /// <summary>The first that lists indirect modules, see <see href="https://go.dev/ref/mod#go-mod-file-go">the go directive</see>.</summary>
    private static readonly Version FirstWhole = new(1, 17);

    public void Read(PluginFolder folder, PackageClosure closure)
    {
        if (!folder.Has(ModuleFile)) return;
        if (folder.ReadWhole(ModuleFile, closure) is not { } bytes) return;
        var required = new HashSet<(string Module, string Version)>();
        var replaced = new Dictionary<(string Module, string? Version), string[]>();
        string? language = null;
        foreach (var (verb, words) in GoDirective.ReadAll(Encoding.UTF8.GetString(bytes)))
        {
            if (required.Count + replaced.Count > PackageClosure.MostPackages)
            {
                closure.AddUnresolved($"'{ModuleFile}' names more than {PackageClosure.MostPackages:N0} modules; what follows was not read.");
                break;
            }

            switch (verb, words)
            {
                case ("require", [var module, var version]): required.Add((module, version)); break;
                case ("require", _): closure.AddUnresolved($"'{Shown(words)}' in '{ModuleFile}' is no requirement: it must be a module and a version."); break;
                case ("replace", [var module, "=>", .. { Length: 1 or 2 } by]): replaced.TryAdd((module, null), by); break;
                case ("replace", [var module, var version, "=>", .. { Length: 1 or 2 } by]): replaced.TryAdd((module, version), by); break;
                case ("replace", _): closure.AddUnresolved($"'{Shown(words)}' in '{ModuleFile}' is no replacement: it must be a module, '=>', and what is used."); break;
                case ("go", [var version]): language = version; break;
                case ("toolchain", [var name]) when name.StartsWith("go", StringComparison.Ordinal): closure.Add(PackageEcosystem.Go, "stdlib", name[2..], ModuleFile); break;
            }
        }

        if (required.Count > 0 && !ListsAll(language))
            closure.AddUnresolved($"'{ModuleFile}' is of Go {language ?? "1.16, for it names none"}: only from 1.17 on it lists indirect modules too. Run 'go mod tidy -go=1.17'.");
        var sums = Sums(folder, closure, required.Count > 0);
        foreach (var (module, version) in required) Add(module, version, replaced, sums, closure);
    }

    /// <summary>Whether a file for this version of Go names every module that is needed. Without a version it is for 1.16.</summary>
    private static bool ListsAll(string? language)
        => language is not null && Language.Match(language) is { Success: true } match
            && Version.TryParse($"{match.Groups["major"].Value}.{(match.Groups["minor"].Success ? match.Groups["minor"].Value : "0")}", out var version) && version >= FirstWhole;

    private static void Add(string module, string version, Dictionary<(string Module, string? Version), string[]> replaced, HashSet<string>? sums, PackageClosure closure)
    {
        // What replaces one version counts before what replaces all.
        var by = replaced.GetValueOrDefault((module, version)) ?? replaced.GetValueOrDefault((module, null));
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

    private static string Shown(string[] words) => UnresolvedSentences.Shown(string.Join(' ', words), 80);

    [GeneratedRegex(@"^(?<major>[0-9]+)(\.(?<minor>[0-9]+))?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Language { get; }
}
