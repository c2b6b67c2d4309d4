using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>A rule that knows its uses by their names.</summary>
internal abstract class PowerRule(string permission, UsePatterns uses, params Construct[] constructs) : IScanRule
{
    public string Permission { get; } = permission;

    public bool CoversType(string type) => uses.MatchType(type);

    public virtual bool KnowsMembersOf(string type) => uses.KnowsMembersOf(type);

    public virtual bool Covers(in ForeignMember member) => uses.Match(member);

    public bool Covers(Construct construct) => constructs.Contains(construct);
}
