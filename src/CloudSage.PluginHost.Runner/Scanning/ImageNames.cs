using System.Globalization;
using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Names in an assembly, with an end to nesting and length that a crafted file has not, and nothing in them that a terminal would obey.</summary>
internal sealed class ImageNames(MetadataReader metadata)
{
    private readonly Dictionary<StringHandle, string> _texts = [];

    public string Text(StringHandle handle)
    {
        if (handle.IsNil) return string.Empty;
        if (_texts.TryGetValue(handle, out var known)) return known;
        if (metadata.GetBlobReader(handle).Length > ScanLimits.NameBytes) throw new UnknownConstructException($"a name is longer than {ScanLimits.NameBytes} bytes");
        return _texts[handle] = Printable(metadata.GetString(handle));
    }

    public string Of(TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        var name = Join(type.Namespace, type.Name);
        for (var depth = 0; type.ResolutionScope is { IsNil: false, Kind: HandleKind.TypeReference } outer; depth++)
        {
            type = metadata.GetTypeReference(Checked(depth, (TypeReferenceHandle)outer));
            name = $"{Join(type.Namespace, type.Name)}+{name}";
        }

        return name;
    }

    public string Of(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var name = Join(type.Namespace, type.Name);
        for (var depth = 0; type.IsNested; depth++)
        {
            type = metadata.GetTypeDefinition(Checked(depth, type.GetDeclaringType()));
            name = $"{Join(type.Namespace, type.Name)}+{name}";
        }

        return name;
    }

    public string Of(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        return $"{Of(method.GetDeclaringType())}.{Text(method.Name)}";
    }

    /// <summary>Makes sure that the types around a type come to an end.</summary>
    public void CheckNesting(TypeDefinition type)
    {
        for (var depth = 0; type.IsNested; depth++) type = metadata.GetTypeDefinition(Checked(depth, type.GetDeclaringType()));
    }

    /// <summary>The next step of a walk that must end.</summary>
    public static T Checked<T>(int depth, T next) => depth < ScanLimits.Nesting ? next : throw new UnknownConstructException("types are nested too deep, or in themselves");

    private string Join(StringHandle @namespace, StringHandle name) => @namespace.IsNil ? Text(name) : $"{Text(@namespace)}.{Text(name)}";

    /// <summary>What is found goes into logs and onto terminals.</summary>
    private static string Printable(string text)
        => text.All(IsPrintable) ? text : string.Concat(text.Select(static c => IsPrintable(c) ? c : '?'));

    private static bool IsPrintable(char c) => char.IsAscii(c) ? !char.IsControl(c) : char.GetUnicodeCategory(c) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
