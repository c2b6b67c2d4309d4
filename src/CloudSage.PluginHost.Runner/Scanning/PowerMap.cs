namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>The rules as bits: which cover what. It remembers what it judged, as all assemblies name the same types; of one thread at a time.</summary>
internal sealed class PowerMap
{
    /// <summary>More, and longer, than all that plugins usually name.</summary>
    private const int MostRemembered = 20_000;
    private const int LongestRemembered = 200;

    private readonly IReadOnlyList<IScanRule> _rules;
    private readonly uint[] _constructs;
    private readonly Dictionary<string, TypePowers> _types = new(StringComparer.Ordinal);

    public PowerMap(IReadOnlyList<IScanRule> rules)
    {
        _rules = rules;
        _constructs = [.. Enum.GetValues<Construct>().Select(construct => Bits(rule => rule.Covers(construct)))];
    }

    public TypePowers OfType(string type)
    {
        if (_types.TryGetValue(type, out var known)) return known;
        var powers = new TypePowers(Bits(rule => rule.CoversType(type)), Bits(rule => rule.KnowsMembersOf(type)));
        // A crafted file names as many as it likes, and as long ones.
        if (_types.Count < MostRemembered && type.Length <= LongestRemembered) _types.Add(type, powers);
        return powers;
    }

    public uint Of(in ForeignMember member, uint candidates)
    {
        var bits = 0u;
        for (var i = 0; candidates >> i != 0; i++)
        {
            if ((candidates >> i & 1) != 0 && _rules[i].Covers(member)) bits |= 1u << i;
        }

        return bits;
    }

    public uint Of(Construct construct) => _constructs[(int)construct];

    public uint Of(SignatureFacts facts)
        => (facts.HasPointer ? Of(Construct.Pointer) : 0) | (facts.HasFunctionPointer ? Of(Construct.FunctionPointer) : 0)
            | (facts.HasPinned ? Of(Construct.PinnedVariable) : 0) | (facts.HasTypedReference ? Of(Construct.TypedReference) : 0);

    /// <summary>The bit of a permission.</summary>
    public uint Of(string permission) => Bits(rule => rule.Permission == permission);

    private uint Bits(Func<IScanRule, bool> covers)
    {
        var bits = 0u;
        for (var i = 0; i < _rules.Count; i++)
        {
            if (covers(_rules[i])) bits |= 1u << i;
        }

        return bits;
    }
}

/// <summary>What the rules say of a type by its name, one bit each.</summary>
/// <param name="Type">Those to which it is a use to name it at all.</param>
/// <param name="Members">Those that know members of it.</param>
internal readonly record struct TypePowers(uint Type, uint Members);
