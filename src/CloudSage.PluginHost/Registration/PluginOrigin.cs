namespace CloudSage.PluginHost.Registration;

/// <summary>Where a plugin that is registered came from.</summary>
/// <param name="Name">The place and what it was called there, such as <c>nuget:Contoso.Optimizer/1.2.0</c>.</param>
public sealed record PluginOrigin(string Name)
{
    /// <summary>The address of the source that it was fetched from, without user name and password, or its folder; null where it came from none.</summary>
    public string? Source { get; init; }

    /// <summary>The versions that updates may take: a range as NuGet writes them, or one version, which pins it; null for any.</summary>
    public string? Range { get; init; }

    /// <summary>The SHA-256 of the signer's certificate, in hexadecimal digits; null where it is not signed.</summary>
    public string? Signer { get; init; }
}
