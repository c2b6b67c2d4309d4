using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace CloudSage.PluginHost.Loading;

/// <summary>
/// A plugin in memory. The only strong reference of the host to its load context, for an assembly or an instance alone
/// does not keep a collectible context alive; given up by <see cref="Unload"/>.
/// </summary>
internal sealed class LoadedPlugin
{
    private AssemblyLoadContext? _context;
    private PluginEntry? _entry;

    public LoadedPlugin(AssemblyLoadContext context, PluginEntry entry, IReadOnlyList<Finding> warnings)
    {
        _context = context;
        _entry = entry;
        Warnings = warnings;
    }

    public IReadOnlyList<Finding> Warnings { get; }

    /// <summary>The context, for those who want to look at it without keeping it; null once it is unloaded.</summary>
    public WeakReference? Residence => _context is { } context ? new WeakReference(context, trackResurrection: true) : null;

    /// <summary>The entry type. Use it where it is needed and keep it nowhere.</summary>
    public PluginEntry Entry => _entry ?? throw new ObjectDisposedException(nameof(LoadedPlugin));

    /// <summary>Lets go of everything and starts the unload. What is returned tells when the context is really gone.</summary>
    /// <param name="evict">Frees the plugin of what it left behind in the process; keeps nothing of the context.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public WeakReference Unload(Action<AssemblyLoadContext> evict)
    {
        var context = Interlocked.Exchange(ref _context, null) ?? throw new ObjectDisposedException(nameof(LoadedPlugin));
        _entry = null;
        var weak = new WeakReference(context, trackResurrection: true);
        evict(context);
        context.Unload();
        return weak;
    }
}
