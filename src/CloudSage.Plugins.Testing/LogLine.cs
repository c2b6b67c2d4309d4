using Microsoft.Extensions.Logging;

namespace CloudSage.Plugins.Testing;

/// <summary>One entry of the log, as text.</summary>
/// <param name="Level">How grave it is.</param>
/// <param name="Category">Who logged it: for a plugin's <c>ILogger&lt;T&gt;</c> the full name of the type.</param>
/// <param name="Message">What was logged. A plugin's exception is part of it.</param>
public sealed record LogLine(LogLevel Level, string Category, string Message)
{
    /// <summary>Whether the host logged it, and not the plugin.</summary>
    public bool IsOfHost => Category.StartsWith("CloudSage.PluginHost", StringComparison.Ordinal);

    /// <summary>Level, category and message in one line.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Level} {Category}: {Message}";
}
