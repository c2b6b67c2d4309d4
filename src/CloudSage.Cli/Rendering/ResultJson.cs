using System.Text.Json.Serialization.Metadata;
using System.Text.Json.Serialization;
using System.Text.Json;
using CloudSage.Analysis.Reporting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Triggers;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Rendering;

/// <summary>Results as JSON on the true standard output, which plugins cannot reach through the console.</summary>
internal static class ResultJson
{
    public static async Task WriteAsync(CostAnalysisReport report, CancellationToken cancellationToken)
    {
        await using var stream = Console.OpenStandardOutput();
        await AnalysisJson.SerializeAsync(stream, report, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }

    public static Task WriteAsync(IReadOnlyList<PluginStatus> plugins, CancellationToken cancellationToken)
        => WriteAsync(plugins, CliJsonContext.Default.IReadOnlyListPluginStatus, cancellationToken);

    public static Task WriteAsync(PluginStatus plugin, CancellationToken cancellationToken)
        => WriteAsync(plugin, CliJsonContext.Default.PluginStatus, cancellationToken);

    public static Task WriteAsync(PluginRunResult run, CancellationToken cancellationToken)
        => WriteAsync(run, CliJsonContext.Default.PluginRunResult, cancellationToken);

    public static Task WriteAsync(Diagnosis diagnosis, CancellationToken cancellationToken)
        => WriteAsync(diagnosis, CliJsonContext.Default.Diagnosis, cancellationToken);

    public static Task WriteAsync(IReadOnlyList<PluginAudit> audits, CancellationToken cancellationToken)
        => WriteAsync(audits, CliJsonContext.Default.IReadOnlyListPluginAudit, cancellationToken);

    public static Task WriteAsync(IReadOnlyList<OutdatedPackage> outdated, CancellationToken cancellationToken)
        => WriteAsync(outdated, CliJsonContext.Default.IReadOnlyListOutdatedPackage, cancellationToken);

    public static Task WriteAsync(RegistrationResult result, CancellationToken cancellationToken)
        => WriteAsync(result, CliJsonContext.Default.RegistrationResult, cancellationToken);

    public static Task WriteAsync(CreatedPlugin created, CancellationToken cancellationToken)
        => WriteAsync(created, CliJsonContext.Default.CreatedPlugin, cancellationToken);

    public static Task WriteAsync(PluginTestReport report, CancellationToken cancellationToken)
        => WriteAsync(report, PluginTestJsonContext.Default.PluginTestReport, cancellationToken);

    public static Task WriteAsync(PackedPlugin packed, CancellationToken cancellationToken)
        => WriteAsync(packed, CliJsonContext.Default.PackedPlugin, cancellationToken);

    public static Task WriteAsync(PluginCheck check, CancellationToken cancellationToken)
        => WriteAsync(check, CliJsonContext.Default.PluginCheck, cancellationToken);

    private static async Task WriteAsync<T>(T value, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await using var stream = Console.OpenStandardOutput();
        await JsonSerializer.SerializeAsync(stream, value, type, cancellationToken);
        await stream.WriteAsync("\n"u8.ToArray(), cancellationToken);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<PluginStatus>))]
[JsonSerializable(typeof(PluginRunResult))]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(IReadOnlyList<PluginAudit>))]
[JsonSerializable(typeof(RegistrationResult))]
[JsonSerializable(typeof(IReadOnlyList<OutdatedPackage>))]
[JsonSerializable(typeof(CreatedPlugin))]
[JsonSerializable(typeof(PackedPlugin))]
[JsonSerializable(typeof(PluginCheck))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
