namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>The way from something that is alive by itself to the first object of a plugin.</summary>
/// <param name="Root">Where it begins.</param>
/// <param name="Objects">The objects on it, from the root's to the plugin's.</param>
internal sealed record HeldPath(Root Root, IReadOnlyList<ulong> Objects);
