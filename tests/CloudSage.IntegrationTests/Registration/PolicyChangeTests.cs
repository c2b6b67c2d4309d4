using CloudSage.PluginHost.Registration;
using Microsoft.Extensions.Configuration;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>The policy is changed in the configuration while plugins run.</summary>
internal sealed class PolicyChangeTests : HostTests
{
    private const string Locked = "locked";
    private const string Stranger = "stranger";
    private const string Elsewhere = "elsewhere";

    private readonly IConfigurationRoot _settings = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("PluginHost:Registration:Environment", (string?)"staging")]).Build();

    private readonly PluginSource _unsupported = new(Elsewhere) { Manifest = "environments:\n  staging: { supported: false }" };

    [SetUp]
    public async Task PutAsync()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Locked).Build()), []);
        Plugins.Add(new PluginSource(Stranger));
    }

    [Test]
    public async Task What_a_strict_host_refused_comes_in_when_it_becomes_lenient()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(_unsupported.Build()), []);
        await using var host = await StartAsync(nameof(RegistrationPolicy.Strict));
        await host.BecomesAsync(Locked, PluginState.Active);
        (await host.BecomesAsync(Stranger, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2402");
        (await host.BecomesAsync(Elsewhere, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2405");

        Set(nameof(RegistrationPolicy.Lenient));

        (await host.BecomesAsync(Stranger, PluginState.Active)).Findings.Should().ContainSingle().Which.Severity.Should().Be(FindingSeverity.Warning);
        (await host.BecomesAsync(Elsewhere, PluginState.Active)).Findings.Should().ContainSingle().Which.Severity.Should().Be(FindingSeverity.Warning);
    }

    [Test]
    public async Task What_a_lenient_host_let_in_goes_on_when_it_becomes_strict_and_is_shown_and_refused_at_the_next_start()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(_unsupported.Build()), []);
        await using (var host = await StartAsync(nameof(RegistrationPolicy.Lenient)))
        {
            await host.BecomesAsync(Stranger, PluginState.Active);
            await host.BecomesAsync(Elsewhere, PluginState.Active);

            Set(nameof(RegistrationPolicy.Strict));

            Plugins.Add(new PluginSource("newcomer"));
            (await host.BecomesAsync("newcomer", PluginState.Rejected)).Findings.Should().ContainSingle().Which.Severity.Should().Be(FindingSeverity.Error);
            await Eventually.TrueAsync(() => host.Find(Stranger)!.Findings.Any(static f => f is { Code: "CSG2402", Severity: FindingSeverity.Error }), "it is shown that it would not be let in", host.Describe);
            await Eventually.TrueAsync(() => host.Find(Elsewhere)!.Findings.Any(static f => f is { Code: "CSG2405", Severity: FindingSeverity.Error }), "it is shown that it would not be let in", host.Describe);
            host.Find(Stranger)!.State.Should().Be(PluginState.Active);
            (await host.AskAsync(Elsewhere)).Should().Be("1.0.0");
            (await host.AskAsync(Stranger)).Should().Be("1.0.0");

            Set(nameof(RegistrationPolicy.Lenient));
            await Eventually.TrueAsync(() => host.Find(Stranger)!.Findings.All(static f => f.Severity == FindingSeverity.Warning), "it would be let in again", host.Describe);
            host.Count(PluginEventKind.Added, Stranger).Should().Be(1, "it served all the time");
        }

        await using var again = await StartAsync(nameof(RegistrationPolicy.Strict));
        await again.BecomesAsync(Stranger, PluginState.Rejected);
        await again.BecomesAsync(Locked, PluginState.Active);
    }

    private Task<PluginHostFixture> StartAsync(string policy)
    {
        Set(policy);
        return StartAsync(null, builder => PluginHost.Hosting.ServiceCollectionExtensions.AddPluginHost(builder.Services, _settings.GetSection("PluginHost")));
    }

    private void Set(string policy)
    {
        _settings["PluginHost:Registration:Policy"] = policy;
        _settings.Reload();
    }
}
