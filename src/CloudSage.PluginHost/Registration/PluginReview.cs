namespace CloudSage.PluginHost.Registration;

/// <summary>What came of examining a plugin again that was let in before.</summary>
/// <param name="Plugin">The plugin, with what is found now.</param>
/// <param name="Withdraws">Whether what refuses it takes it out of service where it runs.</param>
internal sealed record PluginReview(PreparedPlugin Plugin, bool Withdraws)
{
    public IReadOnlyList<Finding> Findings => Plugin.Descriptor.Warnings;

    /// <summary>Whether it would not be let in now.</summary>
    public bool IsRefused => Findings.Any(static f => f.Severity == FindingSeverity.Error);
}
