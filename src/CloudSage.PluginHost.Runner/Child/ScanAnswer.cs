using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>What came of a scan.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Report">What was found; null unless it ended well.</param>
/// <param name="Reason">What is known of why there is none.</param>
internal sealed record ScanAnswer(ScanEnd End, ScanReport? Report, string Reason);

/// <summary>How a scan ended.</summary>
internal enum ScanEnd
{
    /// <summary>With a report.</summary>
    Report,

    /// <summary>The scanner died over the file, or answered nonsense.</summary>
    Died,

    /// <summary>The scanner did not answer in time.</summary>
    Silent,

    /// <summary>The scanner could not be started.</summary>
    NotStarted,
}
