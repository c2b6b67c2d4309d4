namespace CloudSage.PluginHost.Runner.Child;

/// <summary>The limits of the child process that scans.</summary>
/// <param name="FileTimeout">How long one file may take.</param>
/// <param name="StartTimeout">How long its start may take.</param>
/// <param name="IdleTime">How long it is kept without work.</param>
internal sealed record ScannerLimits(TimeSpan FileTimeout, TimeSpan StartTimeout, TimeSpan IdleTime);
