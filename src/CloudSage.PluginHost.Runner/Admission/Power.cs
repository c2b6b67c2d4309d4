using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>How findings speak of a permission that is scanned for.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Code">The code of its undeclared use.</param>
/// <param name="Verb">What the plugin does: "reaches the network".</param>
/// <param name="Key">Another key of the manifest that asks for it; null for none.</param>
internal sealed record Power(string Permission, string Code, string Verb, string? Key = null)
{
    private static readonly Power[] All =
    [
        new(PluginPermissions.UseNetwork, ScanCodes.Network, "reaches the network", "network.allowed_hosts"),
        new(PluginPermissions.ReadFiles, ScanCodes.FilesRead, "reads files", "filesystem"),
        new(PluginPermissions.WriteFiles, ScanCodes.FilesWritten, "writes files", "filesystem with 'access: write'"),
        new(PluginPermissions.StartProcesses, ScanCodes.Processes, "uses processes"),
        new(PluginPermissions.ReadEnvironment, ScanCodes.Environment, "reads the environment"),
        new(PluginPermissions.ControlHost, ScanCodes.HostControl, "changes what belongs to the whole process"),
        new(PluginPermissions.UseReflection, ScanCodes.Reflection, "calls by reflection"),
        new(PluginPermissions.GenerateCode, ScanCodes.GeneratedCode, "makes code at run time"),
        new(PluginPermissions.UseUnsafeCode, ScanCodes.UnsafeCode, "holds unsafe code"),
        new(PluginPermissions.UseNativeCode, ScanCodes.NativeCode, "holds or calls native code"),
        new(PluginPermissions.LoadAssemblies, ScanCodes.AssemblyLoads, "loads assemblies by itself"),
        new(PluginPermissions.RunAtLoad, ScanCodes.EarlyCode, "runs code as soon as it is used"),
    ];

    public string Remedy => $"Declare {Permission} with a reason under 'permissions'{(Key is null ? string.Empty : $", or {Key},")} in the manifest, or leave out what needs it.";

    /// <summary>The power behind a permission that a rule names.</summary>
    public static Power Of(string permission) => Array.Find(All, p => p.Permission == permission)
        ?? throw new InvalidOperationException($"There is no power behind the permission {permission}.");
}
