using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Where plugins are registered, and how strictly.</summary>
/// <param name="PluginDirectory">The plugin folder.</param>
/// <param name="StateDirectory">The host's <see cref="Lifecycle.LifecycleOptions.StateDirectory"/>: its audit log is written to, unless <see cref="Host"/> names another.</param>
public sealed record PluginRegistrarOptions(string PluginDirectory, string StateDirectory)
{
    /// <summary>The environment to register for, such as <c>staging</c>. Default: <c>Production</c>, which is strict.</summary>
    public string Environment { get; init; } = "Production";

    /// <summary>Who registers, for the audit log. Default: the operating system's user.</summary>
    public string Actor { get; init; } = System.Environment.UserName;

    /// <summary>Options of the host that will run the plugins, such as its own permissions and grants, or another audit log.</summary>
    public Action<PluginHostOptions>? Host { get; init; }

    /// <summary>Whether it is the host itself that registers: its audit log says so.</summary>
    internal bool ActsForHost { get; init; }

    /// <summary>Adds checks (<see cref="IPluginCheck"/>), as the host that will run the plugins has them.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>The same as a host that runs in this process: its strictness, its checks, what it unpacks archives with, its audit log.</summary>
    internal static PluginRegistrarOptions Of(IServiceProvider host, string pluginDirectory)
    {
        var options = host.GetRequiredService<IOptions<PluginHostOptions>>().Value;
        var (checks, unpackers) = (host.GetServices<IPluginCheck>().ToArray(), host.GetServices<IPluginUnpacker>().ToArray());
        return new PluginRegistrarOptions(pluginDirectory, options.Lifecycle.StateDirectory)
        {
            Environment = options.Registration.Environment,
            ActsForHost = true,
            Host = own =>
            {
                own.SharedAssemblies.AddRange(options.SharedAssemblies);
                own.ForwardedContracts.AddRange(options.ForwardedContracts);
                own.Registration.Policy = options.Registration.Policy;
                own.Registration.AuditFile = options.Registration.AuditFile;
            },
            Services = services =>
            {
                foreach (var check in checks) services.AddSingleton(check);
                foreach (var unpacker in unpackers) services.AddSingleton(unpacker);
            },
        };
    }
}
