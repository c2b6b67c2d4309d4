namespace CloudSage.PluginHost.Brokering;

/// <summary>Why a call did not succeed.</summary>
internal static class BrokeringCodes
{
    /// <summary>The plugin threw during a call. Mend the plugin; the fault has its stack.</summary>
    public const string CallFaulted = "CSG1701";

    /// <summary>The plugin did not answer by the call's deadline. Mend it, or give the call more time.</summary>
    public const string CallTimedOut = "CSG1702";

    /// <summary>The plugin failed so often that its calls are refused for a while. Look at its last fault.</summary>
    public const string CircuitOpen = "CSG1703";

    /// <summary>No active plugin of that name serves the extension point. Look at its state.</summary>
    public const string NotServed = "CSG1704";

    /// <summary>The call was cancelled because its plugin had to stop and the call did not end in time.</summary>
    public const string PluginStopped = "CSG1705";
}
