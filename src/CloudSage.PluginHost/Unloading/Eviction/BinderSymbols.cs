using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Tells which of the dynamic binder's symbols stand for types of one plugin. Lives on the stack of one eviction, under the binder's lock.</summary>
internal sealed class BinderSymbols
{
    private const string Assembly = "Microsoft.CSharp";
    private const string Space = "Microsoft.CSharp.RuntimeBinder.Semantics";

    private readonly PluginOwnership _plugin;
    private readonly Type? _aggregate;
    private readonly FieldInfo? _system, _owning, _arguments, _items, _typeParameter;
    private readonly Dictionary<Type, FieldInfo?> _element;

    public BinderSymbols(RuntimeShapes shapes, PluginOwnership plugin)
    {
        _plugin = plugin;
        var (symbol, parent) = (Named("Symbol"), Named("ParentSymbol"));
        (Parent, NextSameName, NextChild) = (shapes.Field(symbol, "parent"), shapes.Field(symbol, "nextSameName"), shapes.Field(symbol, "nextChild"));
        (FirstChild, LastChild) = (shapes.Field(parent, "firstChild"), shapes.Field(parent, "_lastChild"));
        _aggregate = Named("AggregateSymbol");
        _system = shapes.Field(_aggregate, "AssociatedSystemType");
        (_owning, _arguments) = (Property("AggregateType", "OwningAggregate"), Property("AggregateType", "TypeArgsAll"));
        _items = Property("TypeArray", "Items");
        _typeParameter = Property("TypeParameterType", "Symbol");
        (string Type, string Element)[] composed =
            [("ArrayType", "ElementType"), ("NullableType", "UnderlyingType"), ("PointerType", "ReferentType"), ("ParameterModifierType", "ParameterType")];
        _element = composed.Where(c => Named(c.Type) is not null).ToDictionary(c => Named(c.Type)!, c => Property(c.Type, c.Element));
        IsKnown = new object?[] { Parent, NextSameName, NextChild, FirstChild, LastChild, _system, _owning, _arguments, _items, _typeParameter }.All(static f => f is not null)
            && _element.Count == composed.Length && _element.Values.All(static f => f is not null);

        Type? Named(string name) => shapes.Type(Assembly, $"{Space}.{name}");
        FieldInfo? Property(string type, string name) => shapes.Field(Named(type), $"<{name}>k__BackingField");
    }

    /// <summary>Whether this runtime's binder is built as expected. Where not, nothing is touched.</summary>
    public bool IsKnown { get; }

    public FieldInfo? Parent { get; }

    public FieldInfo? NextSameName { get; }

    public FieldInfo? NextChild { get; }

    public FieldInfo? FirstChild { get; }

    public FieldInfo? LastChild { get; }

    /// <summary>Whether a symbol is a type of the plugin's.</summary>
    public bool IsOwnedType(object symbol) => symbol.GetType() == _aggregate && _plugin.Owns((Type?)_system!.GetValue(symbol));

    /// <summary>Whether a symbol is a type of the plugin's, or is within one.</summary>
    public bool OwnsSymbol(object? symbol)
    {
        for (; symbol is not null; symbol = Parent!.GetValue(symbol))
        {
            if (symbol.GetType() == _aggregate) return _plugin.Owns((Type?)_system!.GetValue(symbol));
        }

        return false;
    }

    /// <summary>Whether a type of the binder's is the plugin's or is made of one that is.</summary>
    public bool OwnsType(object? type)
    {
        if (type is null) return false;
        if (_element.TryGetValue(type.GetType(), out var element)) return OwnsType(element!.GetValue(type));
        if (type.GetType() == _owning!.DeclaringType) return OwnsSymbol(_owning.GetValue(type)) || OwnsArray(_arguments!.GetValue(type));
        return type.GetType() == _typeParameter!.DeclaringType && OwnsSymbol(_typeParameter.GetValue(type));
    }

    /// <summary>Whether one of an array of types is.</summary>
    public bool OwnsArray(object? array) => array is not null && Array.Exists((object?[])_items!.GetValue(array)!, OwnsType);
}
