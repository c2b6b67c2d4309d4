namespace CloudSage.Plugins;

/// <summary>
/// Marks an interface as an extension point: the host finds plugins that implement it and calls them through its broker.
/// An embedder may mark interfaces of its own, in an assembly that it shares with its plugins.
/// </summary>
/// <param name="name">The name that manifests and reports use, such as <c>CostAnalysisHook</c>.</param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class ExtensionPointAttribute(string name) : Attribute
{
    /// <summary>The name that manifests and reports use.</summary>
    public string Name { get; } = name;
}
