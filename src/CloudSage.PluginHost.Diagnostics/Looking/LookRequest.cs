using System.Text.Json.Serialization;
using CloudSage.PluginHost.Diagnostics.Snapshots;
using CloudSage.PluginHost.Unloading;

namespace CloudSage.PluginHost.Diagnostics.Looking;

/// <summary>What a process asks of the program that looks into it, in one line of JSON.</summary>
/// <param name="ProcessId">What to look into: on Linux the twin, elsewhere the process itself.</param>
/// <param name="OwnThread">The managed thread that asks; it is not looked at.</param>
/// <param name="DataAccess">The runtime's library for those who look into it from outside.</param>
/// <param name="Positions">Where the threads stood.</param>
/// <param name="Contexts">Of each version, the weak handle to its load context.</param>
/// <param name="Limits">How far to go.</param>
/// <param name="Measure">Whether to say what the versions hold, instead of what holds them.</param>
/// <param name="Scope">What to leave out.</param>
internal sealed record LookRequest(
    int ProcessId, int OwnThread, string DataAccess, IReadOnlyDictionary<uint, ThreadPosition> Positions,
    IReadOnlyList<long> Contexts, LeakAnalysisLimits Limits, bool Measure, LookScope Scope = LookScope.Whole);

/// <summary>What is looked at. Where a copy is torn, the runtime's library crashes at what belongs to threads: each further try leaves out more of it.</summary>
internal enum LookScope
{
    /// <summary>Everything.</summary>
    Whole,

    /// <summary>Without the stacks of threads.</summary>
    WithoutStacks,

    /// <summary>Without the stacks and the static fields of threads.</summary>
    WithoutThreads,
}

/// <summary>What was seen.</summary>
/// <param name="Leaks">For each version, what holds it.</param>
/// <param name="Holdings">For each version, what it holds.</param>
/// <param name="Refusal">Why nothing could be seen.</param>
internal sealed record LookAnswer(IReadOnlyList<LeakFindings> Leaks, IReadOnlyList<PluginHoldings> Holdings, string? Refusal);

/// <summary>What holds one version.</summary>
internal sealed record LeakFindings(IReadOnlyList<LeakHolder> Holders, string? Shortfall);

[JsonSerializable(typeof(LookRequest))]
[JsonSerializable(typeof(LookAnswer))]
internal sealed partial class LookJson : JsonSerializerContext;
