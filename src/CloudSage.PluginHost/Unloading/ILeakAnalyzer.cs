namespace CloudSage.PluginHost.Unloading;

/// <summary>
/// Finds out what keeps unloaded plugins in memory. The engine has none of its own: CloudSage.PluginHost.Diagnostics brings one, for what it
/// needs to look into a process is heavy. Registered as a service, it is asked when a verdict is bad, one look at a time.
/// </summary>
public interface ILeakAnalyzer
{
    /// <summary>Looks into the process once, and says for each version what holds it. What is impossible here is said in the reports, not thrown.</summary>
    /// <param name="subjects">The versions.</param>
    /// <param name="limits">How far to go.</param>
    /// <param name="cancellationToken">Gives up; what was found so far may be returned.</param>
    /// <returns>A report for each version, in order.</returns>
    Task<IReadOnlyList<LeakReport>> AnalyzeAsync(IReadOnlyList<LeakSubject> subjects, LeakAnalysisLimits limits, CancellationToken cancellationToken);

    /// <summary>Looks into the process once, and says what a version holds that is loaded.</summary>
    /// <param name="subject">The version.</param>
    /// <param name="limits">How far to go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it holds.</returns>
    Task<PluginHoldings> MeasureAsync(LeakSubject subject, LeakAnalysisLimits limits, CancellationToken cancellationToken);
}

/// <summary>A version to look for. Holds nothing of it.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Context">
/// A weak <see cref="System.Runtime.InteropServices.GCHandle"/> to the version's load context, as a number: it is the same in a snapshot of the
/// process, and so tells the very context from others of the same name. Valid until the call ends.
/// </param>
public sealed record LeakSubject(string Plugin, string Version, nint Context);

/// <summary>How far a look into the process goes.</summary>
/// <param name="MaxHolders">How many holders of a version are named at most.</param>
/// <param name="MaxDepth">How many steps of a path are named at most; longer ones are cut in the middle.</param>
/// <param name="MaxProcessBytes">A process with more memory than this is not looked into, in bytes.</param>
/// <param name="Deadline">How long a look may take.</param>
public sealed record LeakAnalysisLimits(int MaxHolders, int MaxDepth, long MaxProcessBytes, TimeSpan Deadline);
