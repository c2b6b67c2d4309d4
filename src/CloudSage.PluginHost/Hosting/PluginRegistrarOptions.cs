using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Where plugins are registered, and how strictly.</summary>
/// <param name="PluginDirectory">The plugin folder.</param>
/// <param name="StateDirectory">The host's <see cref="Lifecycle.LifecycleOptions.StateDirectory"/>: its audit log is written to.</param>
public sealed record PluginRegistrarOptions(string PluginDirectory, string StateDirectory)
{
    /// <summary>The environment to register for, such as <c>staging</c>. Default: <c>Production</c>, which is strict.</summary>
    public string Environment { get; init; } = "Production";

    /// <summary>Who registers, for the audit log. Default: the operating system's user.</summary>
    public string Actor { get; init; } = System.Environment.UserName;

    /// <summary>Options of the host that will run the plugins, such as its own permissions and grants.</summary>
    public Action<PluginHostOptions>? Host { get; init; }

    /// <summary>Adds checks (<see cref="IPluginCheck"/>), as the host that will run the plugins has them.</summary>
    public Action<IServiceCollection>? Services { get; init; }
}
