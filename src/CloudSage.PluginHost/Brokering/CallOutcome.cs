using System.Diagnostics.CodeAnalysis;

namespace CloudSage.PluginHost.Brokering;

/// <summary>What came of a call.</summary>
public enum CallStatus
{
    /// <summary>The plugin answered.</summary>
    Succeeded,

    /// <summary>The plugin threw.</summary>
    Faulted,

    /// <summary>The plugin did not answer by its deadline. It may still be running.</summary>
    TimedOut,

    /// <summary>The caller gave up, or the plugin was stopped for good during the call.</summary>
    Cancelled,

    /// <summary>No such plugin serves the extension point now, or its calls are refused because it failed too often.</summary>
    Unavailable,
}

/// <summary>What came of a call into a plugin.</summary>
/// <typeparam name="TResult">What the call returns.</typeparam>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Version">The one version that the call ran in; null where it never ran.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Value">The answer; only where it succeeded.</param>
/// <param name="Fault">Why it did not succeed.</param>
public readonly record struct CallOutcome<TResult>(string Plugin, string? Version, CallStatus Status, TResult? Value, PluginFault? Fault)
{
    /// <summary>Whether the plugin answered.</summary>
    [MemberNotNullWhen(true, nameof(Version))]
    public bool Succeeded => Status == CallStatus.Succeeded;
}
