namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>What System.ComponentModel.DataAnnotations remembers of validated types. Concurrent tables, which need no lock.</summary>
internal sealed class AnnotationsEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string Annotations = "System.ComponentModel.Annotations";
    private const string Space = "System.ComponentModel.DataAnnotations";

    private static readonly string[] Metadata = ["s_metadataTypeCache", "s_typeMemberCache", "s_validatedMetadataTypeCache"];

    public string Cause => "DataAnnotations store";

    public EvictionKind Kind => EvictionKind.Cache;

    public int Evict(PluginOwnership plugin)
    {
        var store = shapes.Type(Annotations, $"{Space}.ValidationAttributeStore");
        var evicted = shapes.Field(store, "<Instance>k__BackingField", "s_instance")?.GetValue(null) is { } instance
            ? plugin.RemoveFrom(shapes.Field(store, "_typeStoreItems")?.GetValue(instance))
            : 0;
        var metadata = shapes.Type(Annotations, $"{Space}.AssociatedMetadataTypeTypeDescriptor+TypeDescriptorCache");
        foreach (var table in Metadata) evicted += plugin.RemoveFrom(shapes.Field(metadata, table)?.GetValue(null));
        return evicted;
    }
}
