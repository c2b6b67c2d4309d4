using CloudSage.PluginHost.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>Says at the start what no policy can be.</summary>
internal sealed class SecurityUpdateOptionsValidator : IValidateOptions<SecurityUpdateOptions>
{
    /// <summary>What a timer can wait for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(40);

    public ValidateOptionsResult Validate(string? name, SecurityUpdateOptions options)
    {
        var wrong = new List<string>();
        Check(nameof(options.Cooldown), options.Cooldown, TimeSpan.Zero, TimeSpan.FromDays(180));
        Check(nameof(options.CriticalCooldown), options.CriticalCooldown, TimeSpan.Zero, TimeSpan.FromDays(180));
        Check(nameof(options.ObservationPeriod), options.ObservationPeriod, TimeSpan.Zero, Longest);
        Check(nameof(options.Interval), options.Interval, TimeSpan.FromSeconds(1), Longest);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Check(string option, TimeSpan value, TimeSpan least, TimeSpan most)
        {
            if (value < least || value > most) wrong.Add($"{PluginHostOptions.SectionName}:{SecurityUpdateOptions.SectionName}:{option} is {value}, but must be from {least} to {most}.");
        }
    }
}
