using CloudSage.PluginHost.Triggers;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Checks the options when the host starts, and says everything that is wrong at once.</summary>
internal sealed class PluginHostOptionsValidator : IValidateOptions<PluginHostOptions>
{
    public ValidateOptionsResult Validate(string? name, PluginHostOptions options)
    {
        var failures = new List<string>();
        Positive(failures, "Discovery:SettleWindow", options.Discovery.SettleWindow);
        Positive(failures, "Discovery:IncompleteGrace", options.Discovery.IncompleteGrace);
        Positive(failures, "Discovery:RescanInterval", options.Discovery.RescanInterval);
        Positive(failures, "Discovery:PollInterval", options.Discovery.PollInterval);
        Positive(failures, "Activation:StartDeadline", options.Activation.StartDeadline);
        Positive(failures, "Activation:HealthDeadline", options.Activation.HealthDeadline);
        Positive(failures, "Activation:StopDeadline", options.Activation.StopDeadline);
        Positive(failures, "Broker:CallDeadline", options.Broker.CallDeadline);
        Positive(failures, "Broker:BreakDuration", options.Broker.BreakDuration);
        Positive(failures, "Unloading:DrainDeadline", options.Unloading.DrainDeadline);
        Positive(failures, "Unloading:CancelDeadline", options.Unloading.CancelDeadline);
        Positive(failures, "Lifecycle:ShutdownDeadline", options.Lifecycle.ShutdownDeadline);
        NotNegative(failures, "Lifecycle:RemovalGrace", options.Lifecycle.RemovalGrace);
        NotNegative(failures, "StartupWait", options.StartupWait);
        AtLeastOne(failures, "Broker:FaultThreshold", options.Broker.FaultThreshold);
        AtLeastOne(failures, "Lifecycle:MaxParallelStarts", options.Lifecycle.MaxParallelStarts);
        AtLeastOne(failures, "Unloading:MaxCollections", options.Unloading.MaxCollections);
        if (options.Discovery.Directories.Any(string.IsNullOrWhiteSpace)) failures.Add(Key("Discovery:Directories") + " holds an empty path.");
        foreach (var contract in options.ForwardedContracts.Where(static c => !c.IsInterface || c.IsGenericTypeDefinition))
            failures.Add($"Forward<{contract.Name}>() needs an interface, for only a host contract can be shared with plugins.");
        if (new TriggerOptionsValidation().Validate(null, options.Triggers) is { Failed: true } triggers) failures.AddRange(triggers.Failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Positive(List<string> failures, string key, TimeSpan value)
    {
        if (value <= TimeSpan.Zero && value != Timeout.InfiniteTimeSpan) failures.Add($"{Key(key)} is {value}, but must be longer than zero.");
    }

    private static void NotNegative(List<string> failures, string key, TimeSpan value)
    {
        if (value < TimeSpan.Zero) failures.Add($"{Key(key)} is {value}, but must not be negative.");
    }

    private static void AtLeastOne(List<string> failures, string key, int value)
    {
        if (value < 1) failures.Add($"{Key(key)} is {value}, but must be at least 1.");
    }

    private static string Key(string key) => $"{PluginHostOptions.SectionName}:{key}";
}
