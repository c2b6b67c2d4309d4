using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Runtimes;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What is live of one plugin, by name. Only the coordinator's loop touches it.</summary>
internal sealed class PluginInstance(string name)
{
    private readonly List<(object? Departure, LingeringVersion Version)> _lingering = [];

    public string Name { get; } = name;

    /// <summary>The version that serves; null where none does.</summary>
    public IRunningPlugin? Running { get; private set; }

    /// <summary>What is being done with the plugin now. Operations on one plugin are serial.</summary>
    public PluginOperation Operation { get; set; }

    public DateTimeOffset? ActivatedAt { get; private set; }

    public PluginTimings? Timings { get; private set; }

    /// <summary>What was found while the running version was started.</summary>
    public IReadOnlyList<Finding> StartFindings { get; private set; } = [];

    /// <summary>The content that could not be started, so that it is not tried again until it changes or the operator says so.</summary>
    public StartFailure? Failure { get; set; }

    /// <summary>Whether the running version fails so often that its calls are refused.</summary>
    public bool IsFaulted { get; set; }

    public UnloadVerdict? LastUnload { get; set; }

    /// <summary>What was last found to hold an unloaded version of it.</summary>
    public LeakReport? LastLeak { get; set; }

    /// <summary>Versions that were unloaded but are still in memory, oldest first.</summary>
    public IReadOnlyList<LingeringVersion> Lingering { get; private set; } = [];

    /// <summary>Whether nothing of it runs, is under way, or is left in memory.</summary>
    public bool IsGone => Running is null && Operation == PluginOperation.None && _lingering.Count == 0;

    /// <summary>Why it waits, so that the same reasons are reported once.</summary>
    public string? ReportedWaiting { get; set; }

    /// <summary>A version has started: it is the one that serves.</summary>
    public void Serve(IRunningPlugin started, DateTimeOffset at, PluginTimings timings, IReadOnlyList<Finding> findings)
    {
        (Running, ActivatedAt, Timings, StartFindings) = (started, at, timings, findings);
        (Failure, IsFaulted, ReportedWaiting) = (null, false, null);
    }

    /// <summary>Notes whether an unloaded version left memory, and why not.</summary>
    public void Note(UnloadVerdict verdict)
    {
        LastUnload = verdict;
        _lingering.RemoveAll(l => Equals(l.Departure, verdict.Departure) && l.Version.Version == verdict.Version);
        var state = verdict.StillRunning.Count > 0 ? PluginState.Quarantined : PluginState.Leaked;
        if (!verdict.Collected) _lingering.Add((verdict.Departure, new LingeringVersion(verdict.Version, state, verdict.StillRunning, verdict.At)));
        Lingering = [.. _lingering.Select(static l => l.Version)];
    }

    /// <summary>The serving version is gone and none took its place.</summary>
    public void ServeNothing()
        => (Running, ActivatedAt, StartFindings, IsFaulted, Operation) = (null, null, [], false, PluginOperation.None);
}

/// <summary>What is being done with a plugin.</summary>
internal enum PluginOperation
{
    None,

    /// <summary>A version is being loaded and activated; an older one may serve meanwhile.</summary>
    Starting,

    /// <summary>A new version serves, and the old one is being retired.</summary>
    Replacing,

    /// <summary>The serving version is being retired, and none takes its place.</summary>
    Retiring,
}

/// <summary>A start that failed.</summary>
internal sealed record StartFailure(string Hash, string Version, PluginState State, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether it failed for want of a permission that an operator can grant.</summary>
    public bool WantsGrant => Findings.Any(static f => f.Code == ActivationCodes.PermissionNotGranted);
}
