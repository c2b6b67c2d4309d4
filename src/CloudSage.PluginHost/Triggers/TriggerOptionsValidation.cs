using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Triggers;

/// <summary>Refuses options that cannot work, at start rather than at the first run.</summary>
internal sealed class TriggerOptionsValidation : IValidateOptions<TriggerOptions>
{
    private static readonly TimeSpan MinGrace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxGrace = TimeSpan.FromDays(1);
    private static readonly TimeSpan MaxDeadline = TimeSpan.FromDays(30);

    public ValidateOptionsResult Validate(string? name, TriggerOptions options)
    {
        var failures = new List<string>();
        if (options.QueueCapacity is < 1 or > 1_000_000)
            failures.Add($"{nameof(options.QueueCapacity)} is {options.QueueCapacity}, but must be 1 to 1,000,000.");
        if (options.MisfireGrace < MinGrace || options.MisfireGrace > MaxGrace)
            failures.Add($"{nameof(options.MisfireGrace)} is {options.MisfireGrace}, but must be one second to one day.");
        if (options.RunDeadline <= TimeSpan.Zero || options.RunDeadline > MaxDeadline)
            failures.Add($"{nameof(options.RunDeadline)} is {options.RunDeadline}, but must be above zero and at most 30 days.");
        if (options.RecentRuns is < 0 or > 100_000)
            failures.Add($"{nameof(options.RecentRuns)} is {options.RecentRuns}, but must be 0 to 100,000.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
