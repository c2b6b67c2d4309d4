using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Resolution;

/// <summary>In which order plugins can be activated, and everything that keeps others from it.</summary>
internal sealed record DependencyResolution
{
    /// <summary>The plugins that can run: each after all that it depends on, otherwise by name.</summary>
    public required IReadOnlyList<PluginDescriptor> Order { get; init; }

    /// <summary>Why the others wait, by plugin name. Every reason is listed, not the first alone.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Finding>> Waiting { get; init; }

    /// <summary>Circles of needed dependencies. Every plugin that is part of one waits.</summary>
    public required IReadOnlyList<DependencyCycle> Cycles { get; init; }

    /// <summary>What was found that keeps nothing from running, by plugin name.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Finding>> Warnings { get; init; }
}

/// <summary>Plugins that need each other.</summary>
/// <param name="Path">The names along the circle; the first is repeated at the end.</param>
internal sealed record DependencyCycle(IReadOnlyList<string> Path)
{
    public override string ToString() => string.Join(" -> ", Path);
}
