using CloudSage.Plugins.Capabilities;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Plugins.Testing.Fixtures;

/// <summary>Replays a fixture in a test.</summary>
public static class FixtureExtensions
{
    /// <summary>
    /// Gives the plugin a fixture: its settings now, its costs and metrics through the platform's capabilities, and the rest when
    /// <see cref="ReplayAsync"/> is called. Permissions are granted as ever.
    /// </summary>
    /// <param name="options">The options of the test.</param>
    /// <param name="fixture">The fixture.</param>
    /// <returns>The options.</returns>
    public static PluginTestOptions UseFixture(this PluginTestOptions options, PluginFixture fixture)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(fixture);
        foreach (var (key, value) in fixture.Settings) options.Set(key, value);
        var capabilities = new FixtureCapabilities(fixture);
        return options.ConfigureServices(services => services.AddSingleton(capabilities))
            .Provide<ICostDataReader>(capabilities).Provide<IInstanceMetricsReader>(capabilities)
            .Provide<IAlertPublisher>(capabilities).Provide<IRecommendationWriter>(capabilities);
    }

    /// <summary>Gives the fixture of <see cref="UseFixture"/> to every extension point that the plugin serves.</summary>
    /// <param name="host">The host of the plugin.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answers, failures too; it keeps nothing of the plugin in memory.</returns>
    /// <exception cref="InvalidOperationException">The host was started without a fixture.</exception>
    public static Task<FixtureReplay> ReplayAsync(this PluginTestHost host, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Service<FixtureCapabilities>() is { } capabilities
            ? new FixtureReplayer(host, capabilities, host.Service<TimeProvider>() ?? TimeProvider.System).RunAsync(cancellationToken)
            : throw new InvalidOperationException("There is no fixture to replay: start the host with options.UseFixture(PluginFixture.Read(path)).");
    }
}
