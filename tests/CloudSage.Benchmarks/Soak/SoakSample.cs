using System.Text.Json.Serialization;

namespace CloudSage.Benchmarks.Soak;

/// <summary>What a process held after so many upgrades.</summary>
/// <param name="Cycle">How many upgrades.</param>
/// <param name="Managed">Managed memory in bytes.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Handles">Open handles; on Linux open files.</param>
/// <param name="Leaked">Versions that were still in memory when their verdict was due.</param>
/// <param name="Failed">Calls that failed, or that another version answered.</param>
/// <param name="Collections">The most collections that a version needed to leave.</param>
/// <param name="Milliseconds">Since the first upgrade.</param>
/// <param name="Resident">Resident memory, by kind.</param>
internal sealed record SoakSample(
    int Cycle, long Managed, int Threads, int Handles, int Leaked, int Failed, int Collections, double Milliseconds, ResidentMemory Resident);

[JsonSerializable(typeof(SoakSample))]
internal sealed partial class SoakJson : JsonSerializerContext;
