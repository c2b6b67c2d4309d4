namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>What was found in one file. What follows from it is decided elsewhere, for each plugin by its manifest.</summary>
internal sealed record ScanReport
{
    /// <summary>The SHA-256 of the bytes that were looked at, in lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The assembly's own simple name; null where the file is none.</summary>
    public string? Assembly { get; init; }

    /// <summary>The uses of powers, by permission and then by name.</summary>
    public IReadOnlyList<PowerUse> Uses { get; init; } = [];

    /// <summary>Why the file could not be looked at whole; null where it was.</summary>
    public string? Refusal { get; init; }
}

/// <summary>The use of a power.</summary>
/// <param name="Permission">The permission that covers it.</param>
/// <param name="What">The member, type or construct.</param>
/// <param name="FirstIn">The method or type in which it is found first; null where the file only names it.</param>
/// <param name="Count">In how many places it is found; at least one.</param>
internal sealed record PowerUse(string Permission, string What, string? FirstIn, int Count);
