using CloudSage.PluginHost.Brokering;

namespace CloudSage.Analysis.Reporting;

/// <summary>Something that went wrong inside a plugin, as text.</summary>
public sealed record ReportedFault
{
    /// <summary>The plugin.</summary>
    public required string Plugin { get; init; }

    /// <summary>Its version; null where the call never ran.</summary>
    public string? Version { get; init; }

    /// <summary>What came of the call.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>What the plugin was asked to do, such as <c>translate december.csv</c>.</summary>
    public required string During { get; init; }

    /// <summary>The stable code, listed in docs/diagnostics.md.</summary>
    public string? Code { get; init; }

    /// <summary>The full name of the exception's type.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>What went wrong.</summary>
    public required string Message { get; init; }

    /// <summary>The exception's text with its stack.</summary>
    public string? Detail { get; init; }

    internal static ReportedFault From<T>(CallOutcome<T> outcome, string during) => new()
    {
        Plugin = outcome.Plugin,
        Version = outcome.Version,
        Status = outcome.Status,
        During = during,
        Code = outcome.Fault?.Code,
        ExceptionType = outcome.Fault?.ExceptionType,
        Message = outcome.Fault?.Message ?? outcome.Status.ToString(),
        Detail = outcome.Fault?.Detail,
    };
}
