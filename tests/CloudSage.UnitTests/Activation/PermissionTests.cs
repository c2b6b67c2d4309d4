using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Permissions;
using CloudSage.UnitTests.Lifecycle;
using CloudSage.UnitTests.Triggers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using static CloudSage.Plugins.Permissions.PluginPermissions;

namespace CloudSage.UnitTests.Activation;

[CancelAfter(20_000)]
public sealed class PermissionTests
{
    private PermissionOptions _options = null!;
    private FakeLogger _log = null!;

    [SetUp]
    public void SetUp() => (_options, _log) = (new PermissionOptions(), new FakeLogger());

    [Test]
    public void Nothing_is_granted_by_default()
    {
        var gate = Gate(AlertManagement);
        Denied(gate, AlertManagement).Message.Should().StartWith("CSG1604").And.Contain("PluginHost:Permissions:Grants:p");
        gate.Granted.Should().BeEmpty();
        _log.Collector.LatestRecord.Message.Should().Contain(AlertManagement).And.Contain("CSG1604");
    }

    [TestCase("p")]
    [TestCase("P")]
    [TestCase("*")]
    public void What_is_declared_and_granted_is_allowed(string name)
    {
        _options.Grants[name] = [AlertManagement];
        var gate = Gate(AlertManagement, ReadCostData);
        FluentActions.Invoking(() => gate.Demand(AlertManagement)).Should().NotThrow();
        gate.Granted.Should().Equal(AlertManagement);
        Denied(gate, ReadCostData);
    }

    [Test]
    public void What_is_granted_but_not_declared_is_denied_and_the_missing_line_is_named()
    {
        _options.Grants["*"] = [AlertManagement];
        Denied(Gate(), AlertManagement).Message.Should().StartWith("CSG1603").And.Contain("- AlertManagement");
    }

    [Test]
    public void A_development_host_grants_what_is_declared_and_no_more()
    {
        _options.GrantDeclared = true;
        var gate = Gate(AlertManagement);
        FluentActions.Invoking(() => gate.Demand(AlertManagement)).Should().NotThrow();
        Denied(gate, ReadCostData);
    }

    [Test]
    public void A_grant_that_is_revoked_counts_at_the_next_use()
    {
        _options.Grants["p"] = [AlertManagement];
        var gate = Gate(AlertManagement);
        gate.Demand(AlertManagement);
        _options.Grants.Clear();
        Denied(gate, AlertManagement);
    }

    [Test]
    public void A_closed_gate_denies_everything()
    {
        _options.GrantDeclared = true;
        var gate = Gate(AlertManagement);
        gate.Close();
        Denied(gate, AlertManagement).Message.Should().Contain("being unloaded");
    }

    [Test]
    public async Task A_guarded_capability_asks_again_at_every_use_and_signs_with_the_plugins_name(CancellationToken test)
    {
        _options.GrantDeclared = true;
        var host = new Publisher();
        var gate = Gate(AlertManagement);
        using var plugin = Container(new ServiceCollection().AddSingleton<IAlertPublisher>(host).BuildServiceProvider(), gate);
        var publisher = plugin.GetRequiredService<IAlertPublisher>();
        await publisher.PublishAsync(TriggerRig.Alert(plugin: "somebody else"), test);
        host.Published.Should().ContainSingle().Which.Plugin.Should().Be("p");
        gate.Close();
        await FluentActions.Awaiting(() => publisher.PublishAsync(TriggerRig.Alert(), test).AsTask()).Should().ThrowAsync<PermissionDeniedException>();
    }

    [Test]
    public void A_capability_without_permission_or_without_a_service_refuses_itself_when_it_is_wanted()
    {
        using var host = new ServiceCollection().BuildServiceProvider();
        using var denied = Container(host, Gate());
        FluentActions.Invoking(() => denied.GetRequiredService<IAlertPublisher>()).Should().Throw<PermissionDeniedException>();
        _options.GrantDeclared = true;
        using var unoffered = Container(host, Gate(AlertManagement));
        FluentActions.Invoking(() => unoffered.GetRequiredService<IAlertPublisher>()).Should().Throw<CapabilityNotOfferedException>();
    }

    [Test]
    public void A_forwarded_service_is_not_disposed_with_the_plugin()
    {
        using var service = new Clock();
        var host = new ServiceCollection().AddSingleton<IClock>(service).BuildServiceProvider();
        using (var plugin = Container(host, Gate(), Capability.Forwarded(typeof(IClock))))
            plugin.GetRequiredService<IClock>().Should().BeSameAs(service);
        service.IsDisposed.Should().BeFalse();
    }

    private static ServiceProvider Container(IServiceProvider host, PermissionGate gate, params Capability[] forwarded)
    {
        var services = new ServiceCollection();
        new CapabilityCatalog(host, forwarded).AddTo(services, gate, "p");
        return services.BuildServiceProvider();
    }

    private static PermissionDeniedException Denied(PermissionGate gate, string permission)
        => FluentActions.Invoking(() => gate.Demand(permission)).Should().Throw<PermissionDeniedException>().Which;

    private PermissionGate Gate(params string[] declared)
    {
        var plugin = FakeRunning.Version("p");
        plugin = plugin with { Manifest = plugin.Manifest with { Permissions = [.. declared.Select(static n => new ManifestPermission(n))] } };
        return Gates.Of(plugin, _options, _log);
    }

    private interface IClock;

    private sealed class Clock : IClock, IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class Publisher : IAlertPublisher
    {
        public List<Alert> Published { get; } = [];

        public ValueTask<bool> PublishAsync(Alert alert, CancellationToken cancellationToken)
        {
            Published.Add(alert);
            return ValueTask.FromResult(true);
        }
    }
}

/// <summary>Options that are what the test says.</summary>
internal sealed class Fixed<T>(T value) : IOptionsMonitor<T>
{
    public T CurrentValue => value;

    public T Get(string? name) => value;

    public IDisposable? OnChange(Action<T, string?> listener) => null;
}
