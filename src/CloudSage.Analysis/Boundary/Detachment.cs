using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Optimization;
using CloudSage.Plugins.Resources;

namespace CloudSage.Analysis.Boundary;

/// <summary>
/// Copies what a plugin answers into the host's own collections. A list or dictionary may be of a type that the plugin
/// itself defines: kept, it keeps the plugin in memory, and read, it runs the plugin's code. So these copies are made
/// inside the call, where a failure is the plugin's.
/// </summary>
internal static class Detachment
{
    private const string Nothing = "The plugin answered with null, which its contract does not allow.";

    public static CostAnalysisHookResult Detached(this CostAnalysisHookResult? result)
    {
        if (result is null) throw new InvalidOperationException(Nothing);
        return new CostAnalysisHookResult { Findings = Copy(result.Findings), Alerts = Copy(result.Alerts, Detached) };
    }

    public static Alert Detached(this Alert? alert)
    {
        if (alert is null) throw new InvalidOperationException(Nothing);
        return alert with
        {
            Scope = alert.Scope ?? new AlertScope(),
            Details = Copy(alert.Details),
            Links = Copy(alert.Links, static link => new Uri(link.OriginalString, UriKind.RelativeOrAbsolute)),
        };
    }

    public static OptimizationRecommendation Detached(this OptimizationRecommendation? recommendation)
    {
        if (recommendation is null) throw new InvalidOperationException(Nothing);
        return recommendation with
        {
            Current = Copy(recommendation.Current),
            Recommended = recommendation.Recommended is { } recommended ? Copy(recommended) : null,
            Reasons = Copy(recommendation.Reasons),
        };
    }

    public static IntegrationRecord Detached(this IntegrationRecord? record)
        => record is null ? throw new InvalidOperationException(Nothing) : record with { Fields = Copy(record.Fields) };

    public static CloudResource Detached(this CloudResource? resource)
        => resource is null
            ? throw new InvalidOperationException(Nothing)
            : resource with { Tags = Copy(resource.Tags), Properties = Copy(resource.Properties) };

    public static T Present<T>(this T? answer) where T : class => answer ?? throw new InvalidOperationException(Nothing);

    private static ResourceConfiguration Copy(ResourceConfiguration configuration)
        => configuration with { Attributes = Copy(configuration.Attributes) };

    private static Dictionary<string, string> Copy(IReadOnlyDictionary<string, string>? values)
    {
        Dictionary<string, string> copy = new(StringComparer.Ordinal);
        if (values is null) return copy;
        foreach (var (key, value) in values) copy[key] = value;
        return copy;
    }

    private static T[] Copy<T>(IReadOnlyList<T>? items, Func<T, T>? detach = null)
        => items is null ? [] : detach is null ? [.. items] : [.. items.Select(detach)];
}
