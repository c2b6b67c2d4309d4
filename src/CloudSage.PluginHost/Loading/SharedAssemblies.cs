using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.Loader;
using CloudSage.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Loading;

/// <summary>
/// The assemblies whose types host and plugins have in common. Everything else is private to each plugin,
/// so that three plugins can bring three versions of one library.
/// </summary>
internal sealed class SharedAssemblies
{
    private readonly FrozenDictionary<string, Assembly> _byName;

    public SharedAssemblies(IEnumerable<Assembly> additional)
    {
        // The contract, and the two assemblies whose types its public surface shows.
        Assembly[] own = [typeof(PluginContext).Assembly, typeof(IServiceCollection).Assembly, typeof(ILogger).Assembly];
        _byName = own.Concat(additional).DistinctBy(static a => a.GetName().Name, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(static a => a.GetName().Name!, StringComparer.OrdinalIgnoreCase);
        Names = [.. _byName.Values.Select(static a => a.GetName()).OrderBy(static n => n.Name, StringComparer.Ordinal)];
        SimpleNames = Names.Select(static n => n.Name!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Name and version of each, as the host has them.</summary>
    public IReadOnlyList<AssemblyName> Names { get; }

    /// <summary>Their simple names.</summary>
    public FrozenSet<string> SimpleNames { get; }

    /// <summary>
    /// The host's own assembly of that name, whatever version is asked for; null where it is not shared. A plugin's copy never takes its place: its types would be others under
    /// the same names, and what is sure not to be loaded is not looked into (docs/adr/0019).
    /// </summary>
    public Assembly? Find(string? simpleName) => simpleName is not null && _byName.TryGetValue(simpleName, out var assembly) ? assembly : null;

    /// <summary>The contract that plugins compile against.</summary>
    public static AssemblyName Contract { get; } = typeof(PluginContext).Assembly.GetName();

    /// <summary>The load context the shared assemblies live in: the default one, unless the host itself was loaded into another.</summary>
    public static AssemblyLoadContext Context => AssemblyLoadContext.GetLoadContext(typeof(PluginContext).Assembly) ?? AssemblyLoadContext.Default;
}
