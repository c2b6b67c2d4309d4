namespace CloudSage.PluginHost.Unloading;

/// <summary>What can go wrong while a plugin leaves.</summary>
internal static class UnloadingCodes
{
    /// <summary>Calls did not end before the drain deadline, nor when they were cancelled. They were left behind; the plugin stays in memory until they end.</summary>
    public const string CallsLeftBehind = "CSG2001";

    /// <summary>The unloaded version is still in memory. Something holds it: a static event, a timer, a thread, a handle.</summary>
    public const string Leaked = "CSG2002";

    /// <summary>Something that the plugin left in the process could not be removed. It may stay in memory; the host is not harmed.</summary>
    public const string EvictionFailed = "CSG2003";

    /// <summary>The stopped version still runs: what the message names did not end. It gets no calls, and leaves memory when it ends.</summary>
    public const string StillRuns = "CSG2004";

    /// <summary>What holds a leaked version, found by looking into the process. Each holder comes with what to do about it.</summary>
    public const string LeakReport = "CSG2050";

    /// <summary>What holds a leaked version could not be found out, or not wholly. The message says what is in the way.</summary>
    public const string NoLeakReport = "CSG2051";
}
