using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Advisories.Admission;

/// <summary>Checks the options when the host starts, and says everything that is wrong at once.</summary>
internal sealed class AdvisoryOptionsValidator : IValidateOptions<AdvisoryOptions>
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, AdvisoryOptions options)
    {
        List<string> failures = [];
        if (options.MaximumAge <= TimeSpan.Zero) failures.Add($"{Key("MaximumAge")} is {options.MaximumAge}, but must be longer than zero.");
        if (options.LookInterval <= TimeSpan.Zero || options.LookInterval > LongestInterval)
            failures.Add($"{Key("LookInterval")} is {options.LookInterval}, but must be longer than zero and a day at most.");
        if (options is { OnRunning: RunningAdvisoryAction.Disable, Policy: AdvisoryPolicy.Warn })
            failures.Add($"{Key("OnRunning")} is Disable, but {Key("Policy")} is Warn, which refuses nothing. Set the policy to Refuse or ByEnvironment.");
        for (var i = 0; i < options.Waivers.Count; i++) failures.AddRange(Missing(options.Waivers[i]).Select(what => $"{Key("Waivers")}:{i} must say {what}."));
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>A configuration can leave out what code cannot.</summary>
    private static IEnumerable<string> Missing(AdvisoryWaiver waiver)
    {
        if (string.IsNullOrWhiteSpace(waiver.Id)) yield return "which advisory it is for: Id";
        if (string.IsNullOrWhiteSpace(waiver.Reason)) yield return "why: Reason";
        if (waiver.Expires == default) yield return "until when: Expires, such as 2026-12-31";
    }

    private static string Key(string key) => $"{PluginHostOptions.SectionName}:{AdvisoryOptions.SectionName}:{key}";
}
