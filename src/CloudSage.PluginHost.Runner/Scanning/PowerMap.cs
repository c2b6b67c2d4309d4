namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>The rules as bits: which cover what.</summary>
internal sealed class PowerMap
{
    private readonly IReadOnlyList<IScanRule> _rules;
    private readonly uint[] _constructs;

    public PowerMap(IReadOnlyList<IScanRule> rules)
    {
        _rules = rules;
        _constructs = [.. Enum.GetValues<Construct>().Select(construct => Bits(rule => rule.Covers(construct)))];
    }

    public uint OfType(string type) => Bits(rule => rule.CoversType(type));

    /// <summary>The rules that know members of the type.</summary>
    public uint OfMembers(string type) => Bits(rule => rule.KnowsMembersOf(type));

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
