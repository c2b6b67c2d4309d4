namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Tells which uses need one permission. By names: an assembly that forwards a type keeps its name.</summary>
internal interface IScanRule
{
    /// <summary>The permission.</summary>
    string Permission { get; }

    /// <summary>Whether to name the type at all is a use.</summary>
    bool CoversType(string type);

    /// <summary>Whether any member of the type could be a use: most types have none, and need no further look.</summary>
    bool KnowsMembersOf(string type);

    /// <summary>Whether the member is a use, whatever it is given.</summary>
    bool Covers(in ForeignMember member);

    /// <summary>Whether the construct is a use.</summary>
    bool Covers(Construct construct);
}
