using System.Collections.Frozen;
using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>
/// Names of types and members, as rules write them: <c>Type</c> (all of it), <c>Namespace.*</c>, <c>Type::Member</c>, <c>Type::Begin*</c>, a member with
/// <c>(string</c> behind where only the overloads that begin with a string are meant, and <c>!</c> in front of what is excepted.
/// </summary>
internal sealed class UsePatterns
{
    private readonly FrozenSet<string> _types;
    private readonly string[] _namespaces;
    private readonly FrozenSet<string> _exceptions;
    private readonly string[] _exceptedNamespaces;
    private readonly FrozenDictionary<string, MemberPattern[]> _members;

    public UsePatterns(params ReadOnlySpan<string> patterns)
    {
        var all = patterns.ToArray();
        _members = all.Where(static p => p.Contains("::", StringComparison.Ordinal)).Select(MemberPattern.Parse).GroupBy(static m => m.Type, StringComparer.Ordinal)
            .ToFrozenDictionary(static g => g.Key, static g => g.ToArray(), StringComparer.Ordinal);
        var names = all.Where(static p => !p.Contains("::", StringComparison.Ordinal)).ToLookup(static p => (Excepted: p[0] == '!', Namespace: p.EndsWith(".*", StringComparison.Ordinal)), static p => p.TrimStart('!').TrimEnd('*'));
        _types = names[(false, false)].ToFrozenSet(StringComparer.Ordinal);
        _namespaces = [.. names[(false, true)]];
        _exceptions = names[(true, false)].ToFrozenSet(StringComparer.Ordinal);
        _exceptedNamespaces = [.. names[(true, true)]];
    }

    public bool MatchType(string type)
    {
        var outer = type.IndexOf('+', StringComparison.Ordinal) is >= 0 and var end ? type[..end] : type;
        if (_types.Contains(outer)) return true;
        return Begins(outer, _namespaces) && !_exceptions.Contains(outer) && !Begins(outer, _exceptedNamespaces);
    }

    public bool KnowsMembersOf(string type) => _members.ContainsKey(type);

    public bool Match(in ForeignMember member)
    {
        if (!_members.TryGetValue(member.Type, out var patterns)) return false;
        foreach (var pattern in patterns)
        {
            if (pattern.Match(member)) return true;
        }

        return false;
    }

    private static bool Begins(string type, string[] namespaces)
    {
        foreach (var name in namespaces)
        {
            if (type.StartsWith(name, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private sealed record MemberPattern(string Type, string Name, bool IsBegin, bool TakesText)
    {
        public static MemberPattern Parse(string pattern)
        {
            var at = pattern.IndexOf("::", StringComparison.Ordinal);
            var name = pattern[(at + 2)..];
            var takesText = name.EndsWith("(string", StringComparison.Ordinal);
            if (takesText) name = name[..^"(string".Length];
            return new MemberPattern(pattern[..at], name.TrimEnd('*'), name.EndsWith('*'), takesText);
        }

        public bool Match(in ForeignMember member)
            => (!TakesText || member.TakesTextFirst) && (IsBegin ? member.Name.StartsWith(Name, StringComparison.Ordinal) : member.Name == Name);
    }
}
