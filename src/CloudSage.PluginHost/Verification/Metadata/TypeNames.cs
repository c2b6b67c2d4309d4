using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>Full names of types, and where they are, with an end to nesting that a crafted file has not.</summary>
internal static class TypeNames
{
    private const int MaxNesting = 64;

    public static string Of(MetadataReader metadata, TypeDefinition type)
    {
        var name = Join(metadata, type.Namespace, type.Name);
        for (var depth = 0; type.IsNested; depth++)
        {
            type = metadata.GetTypeDefinition(Checked(depth, type.GetDeclaringType()));
            name = $"{Join(metadata, type.Namespace, type.Name)}+{name}";
        }

        return name;
    }

    /// <summary>The type and every type around it, inside out.</summary>
    public static IEnumerable<TypeDefinition> WithOuter(MetadataReader metadata, TypeDefinition type)
    {
        yield return type;
        for (var depth = 0; type.IsNested; depth++)
            yield return type = metadata.GetTypeDefinition(Checked(depth, type.GetDeclaringType()));
    }

    /// <summary>The assembly and full name of a type elsewhere; null where it is not in an assembly.</summary>
    public static (string Assembly, string Name)? Of(MetadataReader metadata, TypeReference type)
    {
        var name = Join(metadata, type.Namespace, type.Name);
        for (var depth = 0; type.ResolutionScope is { IsNil: false, Kind: HandleKind.TypeReference } outer; depth++)
        {
            type = metadata.GetTypeReference(Checked(depth, (TypeReferenceHandle)outer));
            name = $"{Join(metadata, type.Namespace, type.Name)}+{name}";
        }

        return type.ResolutionScope is { IsNil: false, Kind: HandleKind.AssemblyReference } scope
            ? (metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name), name)
            : null;
    }

    private static T Checked<T>(int depth, T next) => depth < MaxNesting ? next : throw new BadImageFormatException("Types are nested too deep.");

    private static string Join(MetadataReader metadata, StringHandle @namespace, StringHandle name)
        => @namespace.IsNil ? metadata.GetString(name) : $"{metadata.GetString(@namespace)}.{metadata.GetString(name)}";
}
