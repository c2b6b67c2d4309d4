using System.Reflection;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Activation;

/// <summary>A host contract that plugins can have injected.</summary>
/// <param name="Contract">The interface.</param>
/// <param name="Permission">The permission that it needs; null for none.</param>
/// <param name="Guard">Makes the plugin's view of the host's service.</param>
/// <param name="IsForwarded">Whether that view is the host's service itself.</param>
internal sealed record Capability(Type Contract, string? Permission, Func<object, PermissionGate, string, object> Guard, bool IsForwarded = false)
{
    /// <summary>The capabilities of the contract assembly.</summary>
    public static IReadOnlyList<Capability> BuiltIn { get; } =
    [
        Of<ICostDataReader>(static (inner, gate, _) => new GuardedCostDataReader(inner, gate)),
        Of<IRecommendationWriter>(static (inner, gate, plugin) => new GuardedRecommendationWriter(inner, gate, plugin)),
        Of<IAlertPublisher>(static (inner, gate, plugin) => new GuardedAlertPublisher(inner, gate, plugin)),
        Of<IInstanceMetricsReader>(static (inner, gate, _) => new GuardedInstanceMetricsReader(inner, gate)),
    ];

    /// <summary>A contract of the embedder's own, forwarded as it is; its permission, if it has one, is asked for at activation.</summary>
    public static Capability Forwarded(Type contract) => new(contract, PermissionOf(contract), static (inner, _, _) => inner, IsForwarded: true);

    private static Capability Of<T>(Func<T, PermissionGate, string, T> guard) where T : class
        => new(typeof(T), PermissionOf(typeof(T)), (inner, gate, plugin) => guard((T)inner, gate, plugin));

    private static string? PermissionOf(Type contract) => contract.GetCustomAttribute<RequiresPermissionAttribute>()?.Permission;
}
