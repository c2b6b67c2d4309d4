namespace CloudSage.Plugins.Permissions;

/// <summary>
/// The permissions that a manifest may ask for. The first four each unlock one capability, which the plugin then takes as a constructor parameter.
/// The others name powers of .NET that no host can withhold from code in its own process: a scan of the plugin's files finds them before anything is
/// loaded, and refuses a plugin that has one without asking for it. They are looked for, not enforced: docs/security.md says what the scan cannot see.
/// An embedder may add permissions of its own by putting <see cref="RequiresPermissionAttribute"/> on its own contracts.
/// </summary>
public static class PluginPermissions
{
    /// <summary>Read the cost records of the current analysis: unlocks <see cref="Capabilities.ICostDataReader"/>.</summary>
    public const string ReadCostData = nameof(ReadCostData);

    /// <summary>Write recommendations: unlocks <see cref="Capabilities.IRecommendationWriter"/>.</summary>
    public const string WriteRecommendations = nameof(WriteRecommendations);

    /// <summary>Publish alerts: unlocks <see cref="Capabilities.IAlertPublisher"/>.</summary>
    public const string AlertManagement = nameof(AlertManagement);

    /// <summary>Read the utilisation of instances: unlocks <see cref="Capabilities.IInstanceMetricsReader"/>.</summary>
    public const string ReadInstanceMetrics = nameof(ReadInstanceMetrics);

    /// <summary>Reach other machines or processes: sockets, HTTP, mail, pipes. Scanned, not enforced. <c>network.allowed_hosts</c> asks for it too.</summary>
    public const string UseNetwork = nameof(UseNetwork);

    /// <summary>Read files and folders. Scanned, not enforced. An entry of <c>filesystem</c> asks for it too.</summary>
    public const string ReadFiles = nameof(ReadFiles);

    /// <summary>Make, change and delete files and folders. Scanned, not enforced. An entry of <c>filesystem</c> with <c>access: write</c> asks for it too.</summary>
    public const string WriteFiles = nameof(WriteFiles);

    /// <summary>Start, look at and end processes. Scanned, not enforced.</summary>
    public const string StartProcesses = nameof(StartProcesses);

    /// <summary>Read environment variables, the command line, the registry, and who runs the host. Scanned, not enforced.</summary>
    public const string ReadEnvironment = nameof(ReadEnvironment);

    /// <summary>Change what belongs to the whole process: end it, set environment variables, redirect the console. Scanned, not enforced.</summary>
    public const string ControlHost = nameof(ControlHost);

    /// <summary>Call members found at run time, private ones too: reflection, <c>dynamic</c>, accessors that ignore visibility. Scanned, not enforced.</summary>
    public const string UseReflection = nameof(UseReflection);

    /// <summary>Make code at run time: dynamic methods, compiled expressions. Scanned, not enforced.</summary>
    public const string GenerateCode = nameof(GenerateCode);

    /// <summary>Work around the type system: pointers, <c>Unsafe</c>, fields that overlap, function pointers. Scanned, not enforced.</summary>
    public const string UseUnsafeCode = nameof(UseUnsafeCode);

    /// <summary>Run native code: P/Invoke, COM, native libraries beside the plugin. Scanned, not enforced.</summary>
    public const string UseNativeCode = nameof(UseNativeCode);

    /// <summary>Load assemblies by itself, into contexts that the host does not know. Scanned, not enforced.</summary>
    public const string LoadAssemblies = nameof(LoadAssemblies);

    /// <summary>Run code as soon as an assembly is used, before the plugin's start and its deadline: module initializers. Scanned, not enforced.</summary>
    public const string RunAtLoad = nameof(RunAtLoad);
}
