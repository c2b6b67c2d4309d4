using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;
using CloudSage.Plugins.Serialization;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>
/// What a plugin is given in a replay: a file that test and command line share. It is JSON with the parts below, each of them optional and in
/// the form of the contract records (camelCase; decimals as text or numbers); any other file is a bill for a cloud adapter.
/// </summary>
public sealed record PluginFixture
{
    // By reflection: generated code gives a member that is absent the null of its type, and not the default that its record states. No type of a
    // plugin's own comes here. A part that fixtures do not have is an error: a misspelt one must not pass for an absent one.
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new ExactDecimalConverter() },
    };

    /// <summary>For <see cref="Adapters.ICloudAdapter"/>: the bill to translate. In JSON relative to the fixture; afterwards absolute.</summary>
    public string? Bill { get; init; }

    /// <summary>Settings of the plugin, by key, as an operator would give them.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Free parameters of the run.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>For <see cref="IOptimizationEngine"/>: the resources to look at.</summary>
    public IReadOnlyList<CloudResource> Resources { get; init; } = [];

    /// <summary>What <see cref="Capabilities.IInstanceMetricsReader"/> reads.</summary>
    public IReadOnlyList<ResourceMetrics> Metrics { get; init; } = [];

    /// <summary>What <see cref="Capabilities.ICostDataReader"/> reads.</summary>
    public IReadOnlyList<CostRecord> Costs { get; init; } = [];

    /// <summary>For <see cref="ICostAnalysisHook"/>: the analysis, before and after which the hook is called.</summary>
    public CostAnalysisContext? Analysis { get; init; }

    /// <summary>For <see cref="IAlertHandler"/>, one call each, and for <see cref="Integrations.IIntegration"/>, all in one.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>For <see cref="Integrations.IIntegration"/>: the recommendations to send.</summary>
    public IReadOnlyList<OptimizationRecommendation> Recommendations { get; init; } = [];

    /// <summary>Reads a fixture.</summary>
    /// <param name="path">A JSON file with the parts of a fixture, or a bill in any other format.</param>
    /// <returns>The fixture.</returns>
    /// <exception cref="FileNotFoundException">There is no such file, or no such bill.</exception>
    /// <exception cref="InvalidDataException">The JSON is no fixture; the message says where.</exception>
    public static PluginFixture Read(string path)
    {
        var full = Existing(Path.GetFullPath(path));
        if (!full.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return new PluginFixture { Bill = full };
        try
        {
            var fixture = JsonSerializer.Deserialize<PluginFixture>(File.ReadAllBytes(full), Format)
                ?? throw new InvalidDataException($"{path} holds no fixture.");
            return fixture.Bill is { } bill ? fixture with { Bill = Existing(Path.GetFullPath(bill, Path.GetDirectoryName(full)!)) } : fixture;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{path}({e.LineNumber + 1},{e.BytePositionInLine + 1}): {e.Message}", e);
        }
    }

    private static string Existing(string path) => File.Exists(path) ? path : throw new FileNotFoundException($"There is no file '{path}'.", path);
}
