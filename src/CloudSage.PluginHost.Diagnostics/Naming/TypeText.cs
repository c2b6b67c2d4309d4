using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>Types and methods as their author wrote them, not as the compiler named them.</summary>
internal static partial class TypeText
{
    private static readonly FrozenDictionary<string, string> Keywords = new Dictionary<string, string>
    {
        ["Boolean"] = "bool", ["Byte"] = "byte", ["Char"] = "char", ["Decimal"] = "decimal", ["Double"] = "double", ["Int32"] = "int",
        ["Int64"] = "long", ["Object"] = "object", ["Single"] = "float", ["String"] = "string", ["UInt32"] = "uint", ["UInt64"] = "ulong",
    }.ToFrozenDictionary();

    /// <summary>The type, without the namespaces that everybody knows.</summary>
    public static string Of(ClrType? type) => type?.Name is { Length: > 0 } name ? Of(name) : "(unknown type)";

    public static string Of(string name)
    {
        if (AsyncMethod(name) is { } method) return $"async method {method}";
        var text = WellKnownNamespace().Replace(name, static m => Keywords.GetValueOrDefault(m.Groups[1].Value, m.Groups[1].Value));
        text = Closure().Replace(text, string.Empty);
        return text.Replace('+', '.');
    }

    /// <summary>The type with all of its namespace.</summary>
    public static string Full(ClrType? type) => Closure().Replace(type?.Name ?? "(unknown type)", string.Empty).Replace('+', '.');

    public static string Of(ClrMethod method)
    {
        var type = method.Type?.Name ?? "(unknown type)";
        if (AsyncMethod(type) is { } stateMachine) return stateMachine;
        var owner = Closure().Replace(type, string.Empty).Replace('+', '.');
        var name = method.Name ?? "(unknown method)";
        if (LocalFunction().Match(name) is { Success: true } local) return $"{owner}.{local.Groups[1].Value}.{local.Groups[2].Value}";
        if (Lambda().Match(name) is { Success: true } lambda) return $"lambda in {owner}.{lambda.Groups[1].Value}";
        return $"{owner}.{name}";
    }

    /// <summary>The async method or iterator whose state machine the type is or bears.</summary>
    public static string? AsyncMethod(string name)
    {
        if (StateMachine().Match(Closure().Replace(name, string.Empty)) is not { Success: true } match) return null;
        var owner = match.Groups["owner"].Value.Replace('+', '.');
        return match.Groups["method"].Success ? $"{owner}.{match.Groups["method"].Value}" : $"{owner}.{match.Groups["outer"].Value}{(match.Groups["local"].Length > 0 ? "." : string.Empty)}{match.Groups["local"].Value}";
    }

    [GeneratedRegex(@"\b(?:System|Microsoft)(?:\.\w+)*\.(\w+)")]
    private static partial Regex WellKnownNamespace();

    [GeneratedRegex(@"(?<owner>[\w.+]+)\+<(?:<(?<outer>\w+)>[bg]__(?<local>[A-Za-z_]*)[^>]*|(?<method>\w+))>d(?:__\d+)?")]
    private static partial Regex StateMachine();

    [GeneratedRegex(@"\+<>c(?:__DisplayClass\d+_\d+)?(?:`\d+)?(?:<[^>]*>)?")]
    private static partial Regex Closure();

    [GeneratedRegex(@"^<(\w+|\.ctor|\.cctor)>b__")]
    private static partial Regex Lambda();

    [GeneratedRegex(@"^<(\w+|\.ctor|\.cctor)>g__(\w+)\|")]
    private static partial Regex LocalFunction();
}
