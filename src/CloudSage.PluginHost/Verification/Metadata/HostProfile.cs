using System.Reflection;
using System.Runtime.Loader;
using CloudSage.Plugins;
using NuGet.Versioning;

namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>What this host offers to plugins: the other side of every compatibility question.</summary>
internal sealed record HostProfile
{
    private static readonly AssemblyName ContractName = typeof(ExtensionPointAttribute).Assembly.GetName();

    public required SemanticVersion Version { get; init; }

    /// <summary>The languages it has runtimes for.</summary>
    public required IReadOnlySet<string> Languages { get; init; }

    /// <summary>The assemblies that it shares with plugins, the contract among them, by simple name.</summary>
    public required IReadOnlyDictionary<string, Version> Shared { get; init; }

    /// <summary>Types of the shared assemblies whose implementors serve an extension point, as <c>assembly!full name</c>.</summary>
    public required IReadOnlySet<string> ExtensionPoints { get; init; }

    /// <summary>The simple names of the assemblies of .NET itself.</summary>
    public IReadOnlySet<string> Framework { get; init; } = FrameworkAssemblies();

    /// <summary>The version of .NET that it runs on.</summary>
    public Version Runtime { get; init; } = Environment.Version;

    public static string Contract => ContractName.Name!;

    public Version ContractVersion => Shared[Contract];

    public bool IsShared(string assembly) => Shared.ContainsKey(assembly);

    /// <summary>Whether what derives from a type serves an extension point: unknown only for types of assemblies that are not the host's.</summary>
    public Service Serves(string assembly, string type)
        => ExtensionPoints.Contains(Key(assembly, type)) ? Service.Certain
            : IsShared(assembly) || Framework.Contains(assembly) ? Service.None
            : Service.Possible;

    /// <summary>The name under which <see cref="ExtensionPoints"/> lists a type.</summary>
    private static string Key(string assembly, string type) => $"{assembly}!{type}";

    public static HostProfile Create(IEnumerable<string> languages, IEnumerable<AssemblyName> shared, SemanticVersion version)
    {
        var names = shared.Append(ContractName).DistinctBy(static n => n.Name, StringComparer.OrdinalIgnoreCase).ToList();
        return new HostProfile
        {
            Version = version,
            Languages = languages.ToHashSet(StringComparer.OrdinalIgnoreCase),
            Shared = names.ToDictionary(static n => n.Name!, static n => n.Version ?? new Version(0, 0), StringComparer.OrdinalIgnoreCase),
            ExtensionPoints = names.SelectMany(ExtensionPointsOf).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The host's own assemblies, which it has loaded or would load anyway; never a plugin's.</summary>
    private static IEnumerable<string> ExtensionPointsOf(AssemblyName name)
    {
        var context = AssemblyLoadContext.GetLoadContext(typeof(ExtensionPointAttribute).Assembly) ?? AssemblyLoadContext.Default;
        return context.LoadFromAssemblyName(name).GetExportedTypes()
            .Where(static t => IsExtensionPoint(t) || t.GetInterfaces().Any(IsExtensionPoint))
            .Select(t => Key(name.Name!, t.FullName!));
    }

    private static bool IsExtensionPoint(Type type) => type.IsInterface && type.IsDefined(typeof(ExtensionPointAttribute), inherit: false);

    /// <summary>Of the trusted assemblies those beside the core library or in a sibling shared framework; the others are the host application's own.</summary>
    private static HashSet<string> FrameworkAssemblies()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(runtime));
        var trusted = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return trusted
            .Where(path => Path.GetDirectoryName(path) is { } folder
                && (folder == runtime || (Path.GetFileName(shared) == "shared" && Path.GetDirectoryName(Path.GetDirectoryName(folder)) == shared)))
            .Select(static path => Path.GetFileNameWithoutExtension(path))
            .Append(typeof(object).Assembly.GetName().Name!)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
    }
}
