using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>
/// What compilers write into their own part of an assembly. Text in UTF-8 becomes a span over constant data, and lists of arguments become buffers that
/// are reached by <c>Unsafe</c>: both look like unsafe code, are in nearly every plugin, and are safe as the compiler writes them.
/// </summary>
internal sealed class OwnData(MetadataReader metadata)
{
    private const string Part = "<PrivateImplementationDetails>";
    private const int LongestBufferMethod = 24;

    /// <summary>The bytes of constant data behind a field; -1 where the field has none.</summary>
    public long SizeOf(int token)
    {
        var handle = MetadataTokens.EntityHandle(token);
        if (handle.IsNil || handle.Kind != HandleKind.FieldDefinition) return -1;
        var field = metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
        if (!field.Attributes.HasFlag(FieldAttributes.HasFieldRVA)) return -1;
        var signature = metadata.GetBlobReader(field.Signature);
        signature.ReadByte();
        switch (signature.ReadByte())
        {
            case 0x02 or 0x04 or 0x05: return 1;
            case 0x03 or 0x06 or 0x07: return 2;
            case 0x08 or 0x09 or 0x0C: return 4;
            case 0x0A or 0x0B or 0x0D: return 8;
            case 0x11 when signature.ReadTypeHandle() is { IsNil: false, Kind: HandleKind.TypeDefinition } type:
                return metadata.GetTypeDefinition((TypeDefinitionHandle)type).GetLayout() is { IsDefault: false } layout ? layout.Size : -1;
            default: return -1;
        }
    }

    /// <summary>Whether a method is one of those by which compilers reach into buffers of arguments: so named, so placed, and of a few instructions.</summary>
    public bool IsBufferMethod(MethodDefinition method, int length)
        => length <= LongestBufferMethod && metadata.StringComparer.StartsWith(method.Name, "InlineArray")
            && metadata.StringComparer.StartsWith(metadata.GetTypeDefinition(method.GetDeclaringType()).Name, Part);
}
