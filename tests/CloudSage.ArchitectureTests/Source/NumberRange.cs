namespace CloudSage.ArchitectureTests.Source;

/// <summary>The numbers that a room may use, for its events and for its diagnostic codes alike.</summary>
internal sealed record NumberRange(string Room, int First, int Last)
{
    /// <summary>By the folder under src whose sources use the numbers.</summary>
    public static IReadOnlyDictionary<string, NumberRange> ByFolder { get; } = new[]
    {
        ("CloudSage.PluginHost/Discovery", "Discovery", 1000, 1099),
        ("CloudSage.PluginHost/Manifests", "Manifests", 1100, 1199),
        ("CloudSage.PluginHost/Staging", "Staging", 1200, 1299),
        ("CloudSage.PluginHost/Verification", "Verification", 1300, 1399),
        ("CloudSage.PluginHost/Resolution", "Resolution", 1400, 1499),
        ("CloudSage.PluginHost/Loading", "Loading", 1500, 1599),
        ("CloudSage.PluginHost/Activation", "Activation", 1600, 1699),
        ("CloudSage.PluginHost/Brokering", "Brokering", 1700, 1799),
        ("CloudSage.PluginHost/Triggers", "Triggers", 1800, 1899),
        ("CloudSage.PluginHost/Lifecycle", "Lifecycle", 1900, 1999),
        ("CloudSage.PluginHost/Unloading", "Unloading", 2000, 2099),
        ("CloudSage.PluginHost/Hosting", "Hosting", 2100, 2199),
        ("CloudSage.PluginHost/Services", "Services", 2200, 2299),
        ("CloudSage.PluginHost.Advisories", "Advisories", 2300, 2399),
        ("CloudSage.PluginHost.Runner", "Runner", 2500, 2599),
        ("CloudSage.PluginHost.NuGet", "NuGet", 2600, 2699),
        ("CloudSage.PluginHost.Updates", "Updates", 2700, 2799),
        ("CloudSage.PluginHost/Registration", "Registration", 2400, 2499),
        ("CloudSage.Analysis", "Analysis", 3000, 3999),
        ("CloudSage.Cli", "Cli", 4000, 4099),
        ("CloudSage.PluginHost.Worker", "Worker", 4100, 4199),
    }.ToDictionary(range => range.Item1, range => new NumberRange(range.Item2, range.Item3, range.Item4), StringComparer.Ordinal);

    /// <summary>The range of the room in which a source lies; null where the room has none.</summary>
    public static NumberRange? Of(SourceFile source)
    {
        var parts = source.Path.Split('/');
        return ByFolder.GetValueOrDefault($"{parts[1]}/{parts[2]}") ?? ByFolder.GetValueOrDefault(parts[1]);
    }

    public bool Holds(int number) => number >= First && number <= Last;

    public override string ToString() => $"{Room} {First}-{Last}";
}
