namespace CloudSage.PluginHost.Verification;

/// <summary>Tells of code that runs as soon as an assembly is used, before the plugin's start and so outside of what the start's deadline guards.</summary>
internal sealed class ModuleInitializerRule : IVerificationRule
{
    public IEnumerable<Finding> Check(VerificationSubject subject)
    {
        var found = subject.Closure.Where(static i => i.Facts is { HasModuleInitializer: true }).Select(static i => $"'{i.RelativePath}'").ToList();
        return found.Count == 0 ? [] :
        [
            Finding.Warning(
                VerificationCodes.ModuleInitializer, $"{string.Join(", ", found)} has a module initializer: code that runs as soon as anything of it is used.",
                "Look at what it does; in a plugin of your own, do it in IPluginLifecycle.StartAsync.", new(subject.Entry.RelativePath)),
        ];
    }
}
