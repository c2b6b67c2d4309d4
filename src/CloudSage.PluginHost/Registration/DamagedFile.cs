namespace CloudSage.PluginHost.Registration;

/// <summary>Tells which finding stands behind an <see cref="InvalidDataException"/> about a file of the host's that is damaged, such as <c>plugins.lock</c>.</summary>
public static class DamagedFile
{
    private const string Key = "CloudSage.Finding";

    /// <summary>The finding: what is wrong with the file, and how to mend it.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>The finding; null where the exception is about something else.</returns>
    public static Finding? FindingOf(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.Data[Key] as Finding;
    }

    /// <summary>The exception for a finding.</summary>
    internal static InvalidDataException Exception(Finding finding, Exception? cause)
    {
        var exception = new InvalidDataException($"{finding.Code}: {finding.Message} {finding.Remedy}", cause);
        exception.Data[Key] = finding;
        return exception;
    }
}
