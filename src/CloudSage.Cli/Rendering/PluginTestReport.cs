using System.Text.Json.Serialization;
using CloudSage.Plugins.Serialization;
using CloudSage.Plugins.Testing.Fixtures;

namespace CloudSage.Cli.Rendering;

/// <summary>What a test of a plugin showed.</summary>
/// <param name="Plugin">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Replay">What it made of the fixture.</param>
/// <param name="Unload">Whether it left memory afterwards, or what keeps it.</param>
internal sealed record PluginTestReport(string Plugin, string? Version, FixtureReplay Replay, Diagnosis Unload)
{
    /// <summary>Whether every call succeeded and nothing of it is in memory any more.</summary>
    public bool Passed => Replay.Succeeded && Unload.HasLeft;
}

/// <summary>Decimals are text here, as in every record of the contract.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    UseStringEnumConverter = true,
    Converters = [typeof(ExactDecimalConverter)])]
[JsonSerializable(typeof(PluginTestReport))]
internal sealed partial class PluginTestJsonContext : JsonSerializerContext;
