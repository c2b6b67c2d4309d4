namespace CloudSage.Cli.Sessions;

/// <summary>What a session needs.</summary>
internal sealed record SessionRequest(string PluginFolder)
{
    public IReadOnlyList<PluginSetting> Settings { get; init; } = [];

    /// <summary>The inventory of resources; null for none.</summary>
    public string? Inventory { get; init; }

    /// <summary>The one plugin that is to run, with those that it needs; null for all.</summary>
    public string? Only { get; init; }

    public bool Verbose { get; init; }
}
