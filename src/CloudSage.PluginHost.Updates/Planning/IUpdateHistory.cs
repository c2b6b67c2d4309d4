namespace CloudSage.PluginHost.Updates.Planning;

/// <summary>What is remembered of versions from one look to the next.</summary>
internal interface IUpdateHistory
{
    /// <summary>When a version was first seen, which is now where it never was.</summary>
    DateTimeOffset FirstSeen(string package, string version);

    /// <summary>Whether a version was put in place and did not become healthy.</summary>
    bool WasRolledBack(string plugin, string version);
}

/// <summary>Nothing is remembered: an operator decides by hand.</summary>
internal sealed class NoHistory(TimeProvider clock) : IUpdateHistory
{
    public DateTimeOffset FirstSeen(string package, string version) => clock.GetUtcNow();

    public bool WasRolledBack(string plugin, string version) => false;
}
