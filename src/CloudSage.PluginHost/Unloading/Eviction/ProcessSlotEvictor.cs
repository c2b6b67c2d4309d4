using System.Diagnostics;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Empties places that the process has one of, such as the console's writer, where the plugin put something of its own there. The runtime's default comes back.</summary>
internal sealed class ProcessSlotEvictor(RuntimeShapes shapes) : IEvictor
{
    private const string CoreLibrary = "System.Private.CoreLib";
    private const string Diagnostics = "System.Diagnostics.DiagnosticSource";

    private static readonly (string Assembly, string Type, string Field)[] Slots =
    [
        ("System.Console", "System.Console", "s_out"),
        ("System.Console", "System.Console", "s_error"),
        ("System.Console", "System.Console", "s_in"),
        ("System.Net.Http", "System.Net.Http.HttpClient", "s_defaultProxy"),
        ("System.Net.Requests", "System.Net.ServicePointManager", "<ServerCertificateValidationCallback>k__BackingField"),
        (CoreLibrary, "System.Runtime.ExceptionServices.ExceptionHandling", "s_handler"),
        (CoreLibrary, "System.Globalization.CultureInfo", "s_DefaultThreadCurrentCulture"),
        (CoreLibrary, "System.Globalization.CultureInfo", "s_DefaultThreadCurrentUICulture"),
        (CoreLibrary, "System.AppDomain", "_defaultPrincipal"),
        ("System.Security.Claims", "System.Security.Claims.ClaimsPrincipal", "s_principalSelector"),
        ("System.Security.Claims", "System.Security.Claims.ClaimsPrincipal", "s_identitySelector"),
        ("System.ComponentModel.TypeConverter", "System.ComponentModel.LicenseManager", "s_context"),
        (Diagnostics, "System.Diagnostics.Activity", "<TraceIdGenerator>k__BackingField"),
        (Diagnostics, "System.Diagnostics.DistributedContextPropagator", "s_current"),
    ];

    public string Cause => "process-wide settings";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var removed = 0;
        foreach (var (assembly, type, name) in Slots)
        {
            if (shapes.Field(shapes.Type(assembly, type), name) is not { } field) continue;
            var target = field.IsStatic ? null : AppDomain.CurrentDomain;
            if (field.GetValue(target) is not { } value || !IsPlugins(plugin, value)) continue;
            field.SetValue(target, value is DistributedContextPropagator ? DistributedContextPropagator.CreateDefaultPropagator() : null);
            removed++;
        }

        return removed;
    }

    /// <summary>The console wraps what it is given.</summary>
    private bool IsPlugins(PluginOwnership plugin, object value) => plugin.Owns(value) || plugin.Owns(value.GetType() switch
    {
        { IsCollectible: false, Name: "SyncTextWriter" } type => shapes.Field(type, "_out")?.GetValue(value),
        { IsCollectible: false, Name: "SyncTextReader" } type => shapes.Field(type, "_in")?.GetValue(value),
        _ => null,
    });
}
