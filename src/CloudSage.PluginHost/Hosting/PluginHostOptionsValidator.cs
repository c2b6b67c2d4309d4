using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Triggers;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Checks the options when the host starts, and says everything that is wrong at once.</summary>
internal sealed class PluginHostOptionsValidator : IValidateOptions<PluginHostOptions>
{
    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(1);

    public ValidateOptionsResult Validate(string? name, PluginHostOptions options)
    {
        var failures = new List<string>();
        Finite(failures, "Discovery:SettleWindow", options.Discovery.SettleWindow);
        Finite(failures, "Discovery:IncompleteGrace", options.Discovery.IncompleteGrace);
        Finite(failures, "Discovery:RescanInterval", options.Discovery.RescanInterval);
        Finite(failures, "Discovery:PollInterval", options.Discovery.PollInterval);
        Positive(failures, "Activation:StartDeadline", options.Activation.StartDeadline);
        Positive(failures, "Activation:HealthDeadline", options.Activation.HealthDeadline);
        Finite(failures, "Activation:StopDeadline", options.Activation.StopDeadline);
        Positive(failures, "Broker:CallDeadline", options.Broker.CallDeadline);
        Finite(failures, "Broker:BreakDuration", options.Broker.BreakDuration);
        Positive(failures, "Unloading:DrainDeadline", options.Unloading.DrainDeadline);
        Finite(failures, "Unloading:CancelDeadline", options.Unloading.CancelDeadline);
        Positive(failures, "Lifecycle:ShutdownDeadline", options.Lifecycle.ShutdownDeadline);
        NotNegative(failures, "Lifecycle:RemovalGrace", options.Lifecycle.RemovalGrace);
        NotNegative(failures, "StartupWait", options.StartupWait);
        AtLeastOne(failures, "Broker:FaultThreshold", options.Broker.FaultThreshold);
        AtLeastOne(failures, "Lifecycle:MaxParallelStarts", options.Lifecycle.MaxParallelStarts);
        AtLeastOne(failures, "Unloading:MaxCollections", options.Unloading.MaxCollections);
        AtLeastOne(failures, "Unloading:LeakReports:MaxHolders", options.Unloading.LeakReports.MaxHolders);
        AtLeastOne(failures, "Unloading:LeakReports:MaxDepth", options.Unloading.LeakReports.MaxDepth);
        Finite(failures, "Unloading:LeakReports:Deadline", options.Unloading.LeakReports.Deadline);
        NotNegative(failures, "Unloading:LeakReports:Interval", options.Unloading.LeakReports.Interval);
        NotNegative(failures, "Unloading:LeakReports:IntervalPerPlugin", options.Unloading.LeakReports.IntervalPerPlugin);
        Finite(failures, "Services:Lease", options.Services.Lease);
        // It is renewed at a third of it: a shorter one would keep a processor busy with saying that nothing has changed.
        if (options.Services.Lease > TimeSpan.Zero && options.Services.Lease < ShortestLease) failures.Add($"{Key("Services:Lease")} is {options.Services.Lease}, but must be at least {ShortestLease}.");
        Finite(failures, "Services:Deadline", options.Services.Deadline);
        NotEmpty(failures, "Staging:StoreDirectory", options.Staging.StoreDirectory);
        NotEmpty(failures, "Activation:DataDirectory", options.Activation.DataDirectory);
        NotEmpty(failures, "Lifecycle:StateDirectory", options.Lifecycle.StateDirectory);
        if (options.Discovery.Directories.Any(string.IsNullOrWhiteSpace)) failures.Add(Key("Discovery:Directories") + " holds an empty path.");
        foreach (var contract in options.ForwardedContracts.Where(static c => !c.IsInterface || c.IsGenericTypeDefinition))
            failures.Add($"Forward<{contract.Name}>() needs an interface, for only a host contract can be shared with plugins.");
        if (new TriggerOptionsValidation().Validate(null, options.Triggers) is { Failed: true } triggers) failures.AddRange(triggers.Failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    /// <summary>A time that may also be infinite.</summary>
    private static void Positive(List<string> failures, string key, TimeSpan value)
    {
        if (value != Timeout.InfiniteTimeSpan) Finite(failures, key, value);
    }

    private static void Finite(List<string> failures, string key, TimeSpan value)
    {
        if (value <= TimeSpan.Zero) failures.Add($"{Key(key)} is {value}, but must be longer than zero.");
        NotTooLong(failures, key, value);
    }

    private static void NotNegative(List<string> failures, string key, TimeSpan value)
    {
        if (value < TimeSpan.Zero) failures.Add($"{Key(key)} is {value}, but must not be negative.");
        NotTooLong(failures, key, value);
    }

    private static void NotTooLong(List<string> failures, string key, TimeSpan value)
    {
        if (value > CallOptions.LongestDeadline) failures.Add($"{Key(key)} is {value}, but a timer takes 49 days at most.");
    }

    private static void NotEmpty(List<string> failures, string key, string path)
    {
        if (string.IsNullOrWhiteSpace(path)) failures.Add($"{Key(key)} must name a directory.");
    }

    private static void AtLeastOne(List<string> failures, string key, int value)
    {
        if (value < 1) failures.Add($"{Key(key)} is {value}, but must be at least 1.");
    }

    private static string Key(string key) => $"{PluginHostOptions.SectionName}:{key}";
}
