using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>
/// What security updates need of other packages. What depends on it is made here instead of by the container, which would name each service that it misses and
/// not the call that adds it.
/// </summary>
internal static class NeededParts
{
    private static readonly (Type Service, string Call)[] Parts =
    [
        (typeof(IPluginHost), "AddPluginHost"), (typeof(IAdvisoryWatch), "AddPluginAdvisories"), (typeof(PluginPackages), "AddPluginPackages"),
    ];

    /// <exception cref="InvalidOperationException">A part was not added.</exception>
    public static T Create<T>(IServiceProvider services) where T : class
    {
        var known = services.GetRequiredService<IServiceProviderIsService>();
        string[] missing = [.. Parts.Where(p => !known.IsService(p.Service)).Select(static p => p.Call)];
        return missing.Length == 0 ? ActivatorUtilities.CreateInstance<T>(services)
            : throw new InvalidOperationException($"Security updates need what {string.Join(" and ", missing)} {(missing.Length == 1 ? "adds: call it" : "add: call them")} too, beside AddSecurityUpdates.");
    }
}
