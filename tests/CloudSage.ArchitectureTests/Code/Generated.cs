using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>Tells what people wrote from what the compiler and its generators made.</summary>
internal static class Generated
{
    public static bool Is(Type type)
        => type.Name.Contains('<', StringComparison.Ordinal)
            || type.IsDefined(typeof(CompilerGeneratedAttribute), false)
            || type.IsDefined(typeof(GeneratedCodeAttribute), false)
            || (type.DeclaringType is { } outer && Is(outer));

    /// <summary>The name under which people know a field: that of the property whose backing it is.</summary>
    public static string NameOf(FieldInfo field)
        => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
}
