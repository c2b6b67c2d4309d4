using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>Lists the types of an assembly and says which of them serve an extension point.</summary>
internal sealed class TypeReader
{
    private const int MaxBases = 64;
    private const byte GenericInstance = 0x15;
    private readonly MetadataReader _metadata;
    private readonly Func<string, string, Service> _served;
    private readonly Dictionary<TypeDefinitionHandle, Service> _known = [];

    private TypeReader(MetadataReader metadata, Func<string, string, Service> served)
    {
        _metadata = metadata;
        _served = served;
    }

    /// <summary>Reads the types of a file.</summary>
    /// <param name="fullPath">The assembly.</param>
    /// <param name="served">Says of a type in another assembly, by assembly and full name, whether what derives from it serves an extension point.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="BadImageFormatException">The metadata makes no sense; <see cref="MetadataDamage"/> lists what else may be thrown for that.</exception>
    public static IReadOnlyList<TypeFacts> Read(string fullPath, Func<string, string, Service> served)
    {
        using var stream = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        using var image = new PEReader(stream, PEStreamOptions.PrefetchMetadata | PEStreamOptions.LeaveOpen);
        var metadata = image.GetMetadataReader();
        var reader = new TypeReader(metadata, served);
        return [.. metadata.TypeDefinitions.Select(reader.Read)];
    }

    private TypeFacts Read(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var traits = TypeTraits.None;
        if (!type.Attributes.HasFlag(TypeAttributes.Interface) && !IsValueOrDelegate(type))
            traits |= TypeTraits.Class;
        if (TypeNames.WithOuter(_metadata, type).All(IsPublic))
            traits |= TypeTraits.Public;
        if (type.Attributes.HasFlag(TypeAttributes.Abstract))
            traits |= TypeTraits.Abstract;
        if (type.GetGenericParameters().Count > 0)
            traits |= TypeTraits.Generic;
        return new TypeFacts(TypeNames.Of(_metadata, type), traits, Serves(handle, 0));
    }

    private static bool IsPublic(TypeDefinition type)
        => (type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic;

    private bool IsValueOrDelegate(TypeDefinition type)
        => type.BaseType is { IsNil: false, Kind: HandleKind.TypeReference } parent
            && TypeNames.Of(_metadata, _metadata.GetTypeReference((TypeReferenceHandle)parent))?.Name
                is "System.ValueType" or "System.Enum" or "System.MulticastDelegate" or "System.Delegate";

    private Service Serves(TypeDefinitionHandle handle, int depth)
    {
        if (_known.TryGetValue(handle, out var known))
            return known;

        // A type that is its own ancestor ends here.
        _known[handle] = Service.None;
        var type = _metadata.GetTypeDefinition(handle);
        var best = ServesByWay(type.BaseType, depth);
        foreach (var implementation in type.GetInterfaceImplementations())
        {
            var by = ServesByWay(_metadata.GetInterfaceImplementation(implementation).Interface, depth);
            best = by > best ? by : best;
        }

        return _known[handle] = best;
    }

    private Service ServesByWay(EntityHandle ancestor, int depth)
    {
        if (ancestor.IsNil)
            return Service.None;
        if (depth > MaxBases)
            throw new BadImageFormatException("Types inherit too deep.");
        return ancestor.Kind switch
        {
            HandleKind.TypeDefinition => Serves((TypeDefinitionHandle)ancestor, depth + 1),
            HandleKind.TypeReference => ServesElsewhere(_metadata.GetTypeReference((TypeReferenceHandle)ancestor)),
            HandleKind.TypeSpecification => ServesByWay(GenericType((TypeSpecificationHandle)ancestor), depth + 1),
            _ => Service.Possible,
        };
    }

    private Service ServesElsewhere(TypeReference type)
        => TypeNames.Of(_metadata, type) is { } name ? _served(name.Assembly, name.Name) : Service.Possible;

    /// <summary>Of <c>Base&lt;X&gt;</c> the type <c>Base</c>; its arguments are of no interest, and so nothing recurses.</summary>
    private EntityHandle GenericType(TypeSpecificationHandle handle)
    {
        var signature = _metadata.GetBlobReader(_metadata.GetTypeSpecification(handle).Signature);
        if (signature.ReadByte() != GenericInstance)
            return default;
        _ = signature.ReadByte(); // class or value type
        return signature.ReadTypeHandle();
    }
}
