namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>How much an archive may hold. What counts is what was really written: the sizes that an archive states of itself are not believed.</summary>
public sealed record ArchiveLimits
{
    /// <summary>The limits of the host.</summary>
    public static ArchiveLimits Default { get; } = new();

    /// <summary>The most files and folders together, with the folders that are only in the names of what lies in them. Default 10,000.</summary>
    public int Entries { get; init; } = 10_000;

    /// <summary>The most bytes of all files together, unpacked. Default 1 GiB.</summary>
    public long Bytes { get; init; } = 1L << 30;

    /// <summary>How many times as large as the archive all its files together may be. Counts from <see cref="RatioCountsFrom"/> on. Default 100.</summary>
    public int Ratio { get; init; } = 100;

    /// <summary>How many bytes may be written before <see cref="Ratio"/> counts: a small file may be packed to next to nothing. Default 4 MiB.</summary>
    public long RatioCountsFrom { get; init; } = 4L << 20;
}
