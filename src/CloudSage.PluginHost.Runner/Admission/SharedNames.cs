using System.Collections.Frozen;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>The simple names of the assemblies that the host shares with its plugins.</summary>
internal sealed class SharedNames(IEnumerable<string> names)
{
    private readonly FrozenSet<string> _names = names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public bool Contain(string name) => _names.Contains(name);
}
