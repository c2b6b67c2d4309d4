using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>Attributes on an assembly, by name. Their values are read by hand: a general decoder would follow whatever a crafted file says.</summary>
internal static class AssemblyAttributes
{
    private const ushort Prolog = 1;

    public static bool Has(MetadataReader metadata, string @namespace, string name) => Find(metadata, @namespace, name) is not null;

    /// <summary>The attribute's first argument, a string; null where there is no such attribute.</summary>
    public static string? Text(MetadataReader metadata, string @namespace, string name)
    {
        if (Find(metadata, @namespace, name) is not { } attribute)
            return null;
        var value = metadata.GetBlobReader(attribute.Value);
        return value.ReadUInt16() == Prolog ? value.ReadSerializedString() : null;
    }

    private static CustomAttribute? Find(MetadataReader metadata, string @namespace, string name)
    {
        foreach (var handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = metadata.GetCustomAttribute(handle);
            if (DeclaringType(metadata, attribute.Constructor) is { } type
                && metadata.StringComparer.Equals(type.Namespace, @namespace) && metadata.StringComparer.Equals(type.Name, name))
                return attribute;
        }

        return null;
    }

    private static (StringHandle Namespace, StringHandle Name)? DeclaringType(MetadataReader metadata, EntityHandle constructor)
    {
        var type = constructor.Kind switch
        {
            HandleKind.MemberReference => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent,
            HandleKind.MethodDefinition => metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType(),
            _ => default(EntityHandle),
        };
        switch (type.Kind)
        {
            case HandleKind.TypeReference when !type.IsNil:
                var reference = metadata.GetTypeReference((TypeReferenceHandle)type);
                return (reference.Namespace, reference.Name);
            case HandleKind.TypeDefinition when !type.IsNil:
                var definition = metadata.GetTypeDefinition((TypeDefinitionHandle)type);
                return (definition.Namespace, definition.Name);
            default:
                return null;
        }
    }
}
