using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Finds static fields of given framework types in an assembly, by its metadata: no type is loaded that the plugin has not used, and an
/// assembly that does not mention the framework types costs next to nothing.
/// </summary>
internal static class StaticFields
{
    /// <summary>The static fields whose declared type is a construction of one of the named generic types.</summary>
    /// <param name="assembly">The assembly, loaded.</param>
    /// <param name="names">Metadata names: <c>ThreadLocal`1</c>.</param>
    /// <param name="hasRun">Whether a type's static constructor has run: where not, the type is left alone.</param>
    public static unsafe IReadOnlyList<FieldInfo> Of(Assembly assembly, string[] names, Func<Type, bool> hasRun)
    {
        if (!assembly.TryGetRawMetadata(out var blob, out var length)) return [];
        var reader = new MetadataReader(blob, length);
        var wanted = reader.TypeReferences.Where(t => names.Contains(reader.GetString(reader.GetTypeReference(t).Name))).ToHashSet();
        if (wanted.Count == 0) return [];
        return
        [
            .. reader.FieldDefinitions
                .Where(f => IsWanted(reader, reader.GetFieldDefinition(f), wanted))
                .Select(f => Resolve(assembly.ManifestModule, reader, f, hasRun))
                .OfType<FieldInfo>(),
        ];
    }

    private static bool IsWanted(MetadataReader reader, FieldDefinition field, HashSet<TypeReferenceHandle> wanted)
    {
        if ((field.Attributes & (FieldAttributes.Static | FieldAttributes.Literal)) != FieldAttributes.Static) return false;
        var signature = reader.GetBlobReader(field.Signature);
        if (signature.ReadSignatureHeader().Kind != SignatureKind.Field || signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance) return false;
        // CLASS or VALUETYPE, then the generic type itself.
        signature.ReadByte();
        return signature.ReadTypeHandle() is { Kind: HandleKind.TypeReference } type && wanted.Contains((TypeReferenceHandle)type);
    }

    private static FieldInfo? Resolve(Module module, MetadataReader reader, FieldDefinitionHandle field, Func<Type, bool> hasRun)
    {
        var type = module.ResolveType(MetadataTokens.GetToken(reader.GetFieldDefinition(field).GetDeclaringType()));
        // The fields of a generic type exist once for each construction, and constructions are not listed anywhere.
        return type.ContainsGenericParameters || !hasRun(type) ? null : module.ResolveField(MetadataTokens.GetToken(field));
    }
}
