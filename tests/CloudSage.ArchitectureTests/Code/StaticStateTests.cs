using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>No state is shared by accident: what changes belongs to an object that somebody made and gives on.</summary>
public sealed class StaticStateTests
{
    /// <summary>Statics that hold more than constants, and why they may.</summary>
    private static readonly Dictionary<string, string> Reasons = new();

    [Test]
    public void Static_fields_are_read_only()
        => Rule.Holds("A static field can be assigned: make it readonly, or a field of an object.",
            Statics().Where(field => !field.IsInitOnly).Select(Describe));

    [Test]
    public void Static_fields_hold_nothing_that_changes()
        => Rule.Holds("A static field holds a collection that can be changed: use a frozen, immutable or read-only one, or a private array.",
            Statics().Where(field => field.IsInitOnly && CanChange(field) && !Reasons.ContainsKey(Name(field))).Select(Describe));

    [Test]
    public void Reasons_name_fields_that_exist()
        => Reasons.Keys.Should().BeSubsetOf(Statics().Select(Name));

    private static IEnumerable<FieldInfo> Statics() =>
        from project in Repository.Products
        from type in project.Assembly.GetTypes()
        where !Generated.Is(type)
        from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where !field.IsLiteral
        select field;

    private static bool CanChange(FieldInfo field)
    {
        var type = field.FieldType;
        if (type.IsArray) return !field.IsPrivate || field.IsDefined(typeof(CompilerGeneratedAttribute));
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(AsyncLocal<>) || definition == typeof(ThreadLocal<>) || definition == typeof(ConditionalWeakTable<,>)) return true;
        if (definition.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen") return false;
        return type.GetInterfaces().Append(type).Any(IsChangeable);
    }

    private static bool IsChangeable(Type type)
        => type == typeof(IList) || type == typeof(IDictionary)
            || (type.IsGenericType && type.GetGenericTypeDefinition() is var definition && definition == typeof(ICollection<>));

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.FullName}.{Generated.NameOf(field)}";

    private static string Describe(FieldInfo field) => $"{Name(field)} ({field.FieldType.Name})";
}
