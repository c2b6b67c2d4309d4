using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Time zones are ones that this machine knows.</summary>
internal sealed partial class TimeZoneRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from trigger in document.Root.ItemsWith("triggers", "timezone")
           let zone = trigger.Value
           // The name becomes part of a path where the system looks zones up, hence the pattern first.
           where !Plain().IsMatch(zone.Text) || !TimeZoneInfo.TryFindSystemTimeZoneById(zone.Text, out _)
           select Finding.Error(ManifestCodes.TimeZone, $"The time zone {ShownText.Quote(zone.Text)} is unknown on this machine.", Remedy(zone.Text), zone.At);

    private static string Remedy(string written)
        => NearestName.Find(written, TimeZoneInfo.GetSystemTimeZones().Select(static zone => zone.Id)) is { } near
            ? $"Did you mean '{near}'?"
            : "Write an IANA name such as Europe/Berlin, or UTC.";

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_+-]{0,31}(?:/[A-Za-z][A-Za-z0-9_+-]{0,31}){0,2}\z")]
    private static partial Regex Plain();
}
