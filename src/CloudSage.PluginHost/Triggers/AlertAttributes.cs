using System.Globalization;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Serialization;

namespace CloudSage.PluginHost.Triggers;

/// <summary>An alert as attributes by name: what filters of alert triggers look at, and what a command gets as input.</summary>
internal static class AlertAttributes
{
    /// <summary>The whole alert as JSON.</summary>
    public const string Json = "alert";

    public static Dictionary<string, string> Of(Alert alert)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["alert_id"] = alert.AlertId,
            ["type"] = alert.Type.ToString(),
            ["severity"] = alert.Severity.ToString(),
            ["status"] = alert.Status.ToString(),
            ["dedup_key"] = alert.DedupKey,
            ["title"] = alert.Title,
            ["occurred_at"] = alert.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
        };
        Add("plugin", alert.Plugin);
        Add("source", alert.Scope.Source);
        Add("date", alert.Scope.Date?.ToString("O", CultureInfo.InvariantCulture));
        Add("provider", alert.Scope.ProviderName);
        Add("sub_account", alert.Scope.SubAccountId);
        Add("service", alert.Scope.ServiceName);
        Add("resource", alert.Scope.ResourceId);
        foreach (var (key, value) in alert.Details) attributes.TryAdd(key, value);
        attributes[Json] = PluginJson.Serialize(alert);
        return attributes;

        void Add(string key, string? value)
        {
            if (value is not null) attributes[key] = value;
        }
    }
}
