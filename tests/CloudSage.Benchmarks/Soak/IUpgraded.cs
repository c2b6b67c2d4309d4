namespace CloudSage.Benchmarks.Soak;

/// <summary>Something that upgrades a plugin again and again in one process.</summary>
internal interface IUpgraded : IAsyncDisposable
{
    /// <summary>Below this folder lies what is loaded.</summary>
    string Folder { get; }

    /// <summary>Puts the next version in the place of the last, calls it, and waits until the last has left memory.</summary>
    Task<Upgrade> NextAsync(int version);
}

/// <summary>What came of one upgrade.</summary>
/// <param name="Served">Whether the new version served the call.</param>
/// <param name="Left">Whether the old one left memory.</param>
/// <param name="Collections">How many collections that took.</param>
internal readonly record struct Upgrade(bool Served, bool Left, int Collections);
