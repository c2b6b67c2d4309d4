namespace CloudSage.PluginHost;

/// <summary>
/// Something the host found about a plugin: what, where, and how to mend it. Expected failures are findings, not exceptions.
/// Every code is listed in docs/diagnostics.md.
/// </summary>
/// <param name="Code">The stable code, such as <c>CSG1103</c>.</param>
/// <param name="Severity">Whether it keeps the plugin from being used.</param>
/// <param name="Message">What was found.</param>
/// <param name="Remedy">How to mend it.</param>
/// <param name="Location">Where, if it is in a file.</param>
public sealed record Finding(string Code, FindingSeverity Severity, string Message, string Remedy, FindingLocation? Location = null)
{
    /// <summary>A finding that keeps the plugin from being used.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What was found.</param>
    /// <param name="remedy">How to mend it.</param>
    /// <param name="location">Where, if it is in a file.</param>
    /// <returns>The finding.</returns>
    public static Finding Error(string code, string message, string remedy, FindingLocation? location = null)
        => new(code, FindingSeverity.Error, message, remedy, location);

    /// <summary>A finding that should be looked at, but keeps nothing from being used.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="message">What was found.</param>
    /// <param name="remedy">How to mend it.</param>
    /// <param name="location">Where, if it is in a file.</param>
    /// <returns>The finding.</returns>
    public static Finding Warning(string code, string message, string remedy, FindingLocation? location = null)
        => new(code, FindingSeverity.Warning, message, remedy, location);

    /// <summary>One line: place, code, message and remedy.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Location is null ? $"{Code}: {Message} {Remedy}" : $"{Location}: {Code}: {Message} {Remedy}";
}

/// <summary>Where a finding is.</summary>
/// <param name="File">The file, relative to the plugin where it is one of its own.</param>
/// <param name="Line">The line, 1-based.</param>
/// <param name="Column">The column, 1-based.</param>
public sealed record FindingLocation(string File, int? Line = null, int? Column = null)
{
    /// <summary>File, line and column as compilers write them.</summary>
    /// <returns>Text such as <c>manifest.yaml(3,10)</c>.</returns>
    public override string ToString() => Line is null ? File : $"{File}({Line},{Column ?? 1})";
}

/// <summary>Whether a finding keeps a plugin from being used.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know.</summary>
    Info,

    /// <summary>Should be looked at, but keeps nothing from being used.</summary>
    Warning,

    /// <summary>Keeps the plugin from being used.</summary>
    Error,
}
