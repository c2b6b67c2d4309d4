using System.Collections.ObjectModel;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Something that happened in the platform, which plugins can run on.</summary>
/// <param name="Name">What happened, as the <c>event</c> of triggers names it, such as <c>billing-data-imported</c>. Upper and lower case differ.</param>
/// <param name="At">When, UTC.</param>
public sealed record SystemEvent(string Name, DateTimeOffset At)
{
    /// <summary>More, by name: what the <c>filter</c> of triggers looks at, and what the plugin gets as input.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
