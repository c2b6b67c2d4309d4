using System.Reflection;
using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Tells whether fields that say where they lie, lie upon each other: then one type can be read as another.</summary>
internal static class FieldOverlap
{
    private const int Unknown = int.MaxValue;
    private const int Reference = 8;

    public static bool In(MetadataReader metadata, TypeDefinition type)
    {
        if ((type.Attributes & TypeAttributes.LayoutMask) != TypeAttributes.ExplicitLayout) return false;
        var fields = type.GetFields().Select(metadata.GetFieldDefinition).Where(static f => !f.Attributes.HasFlag(FieldAttributes.Static))
            .Select(f => (Offset: (long)f.GetOffset(), Size: (long)SizeOf(metadata, f))).OrderBy(static f => f.Offset).ToList();
        // A size that is not known here may be any.
        return fields.Zip(fields.Skip(1)).Any(static pair => pair.First.Offset + pair.First.Size > pair.Second.Offset);
    }

    private static int SizeOf(MetadataReader metadata, FieldDefinition field)
    {
        var reader = metadata.GetBlobReader(field.Signature);
        reader.ReadByte();
        var code = reader.ReadCompressedInteger();
        while (code is 0x1F or 0x20)
        {
            reader.ReadTypeHandle();
            code = reader.ReadCompressedInteger();
        }

        return code switch
        {
            0x02 or 0x04 or 0x05 => 1,
            0x03 or 0x06 or 0x07 => 2,
            0x08 or 0x09 or 0x0C => 4,
            0x0A or 0x0B or 0x0D => 8,
            0x0E or 0x12 or 0x14 or 0x18 or 0x19 or 0x1C or 0x1D or 0x0F or 0x1B => Reference,
            0x11 when reader.ReadTypeHandle() is { IsNil: false, Kind: HandleKind.TypeDefinition } own => SizeOfOwn(metadata, (TypeDefinitionHandle)own),
            _ => Unknown,
        };
    }

    /// <summary>A structure that says its size, or an enumeration.</summary>
    private static int SizeOfOwn(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        if (type.GetLayout() is { IsDefault: false, Size: > 0 } layout) return layout.Size;
        var values = type.GetFields().Select(metadata.GetFieldDefinition).Where(static f => !f.Attributes.HasFlag(FieldAttributes.Static)).ToList();
        if (values.Count != 1 || !metadata.StringComparer.Equals(values[0].Name, "value__")) return Unknown;
        var reader = metadata.GetBlobReader(values[0].Signature);
        reader.ReadByte();
        return reader.ReadByte() switch { 0x04 or 0x05 or 0x02 => 1, 0x06 or 0x07 or 0x03 => 2, 0x08 or 0x09 => 4, 0x0A or 0x0B => 8, _ => Unknown };
    }
}
