namespace CloudSage.Cli.Sessions;

/// <summary>What a session needs.</summary>
internal sealed record SessionRequest(string PluginFolder)
{
    public IReadOnlyList<PluginSetting> Settings { get; init; } = [];

    /// <summary>The inventory of resources; null for none.</summary>
    public string? Inventory { get; init; }

    public bool Verbose { get; init; }
}
