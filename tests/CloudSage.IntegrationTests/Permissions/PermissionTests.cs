using CloudSage.Fixtures.Embedder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.IntegrationTests.Permissions;

/// <summary>A plugin gets a capability if its manifest asks for the permission and the operator grants it, and for no longer.</summary>
internal sealed class PermissionTests : HostTests
{
    private const string Name = "curious";

    private readonly RecordedPublisher _publisher = new(Name);

    [Test]
    public async Task What_is_declared_and_granted_works_and_bears_the_plugins_name()
    {
        Plugins.Add(_publisher.Source);
        await using var host = await StartAsync(static o => o.Permissions.Grants[Name] = ["AlertManagement"], _publisher.Alerts.AddTo);

        (await host.AskAsync(Name)).Should().Be("published");

        _publisher.Alerts.Published.Should().ContainSingle().Which.Plugin.Should().Be(Name, "it cannot speak for another");
        host.Find(Name)!.GrantedPermissions.Should().Equal("AlertManagement");
    }

    [Test]
    [Description("Bad input 53")]
    public async Task What_is_not_declared_is_refused_with_the_line_to_add()
    {
        Plugins.Add(_publisher.Source with { Manifest = string.Empty });
        await using var host = await StartAsync(static o => o.Permissions.Grants[Name] = ["AlertManagement"], _publisher.Alerts.AddTo);

        Refusal(host, "CSG1603").Remedy.Should().Contain("- AlertManagement");
    }

    [Test]
    public async Task What_is_not_granted_is_refused_with_the_grant_to_give()
    {
        Plugins.Add(_publisher.Source);
        await using var host = await StartAsync(static o => o.Permissions.Grants["another"] = ["AlertManagement"], _publisher.Alerts.AddTo);

        Refusal(host, "CSG1604").Remedy.Should().Contain($"PluginHost:Permissions:Grants:{Name}");
        host.Logs.Entries.Should().Contain(static l => l.EventId == 1600, "every denial is audited");
    }

    [Test]
    public async Task What_the_host_does_not_offer_is_refused()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "ICostDataReader reader", Members = "public object Reader => reader;", Manifest = "permissions: [ReadCostData]",
        });
        await using var host = await StartAsync(static o => o.Permissions.Grants["*"] = ["ReadCostData"]);

        Refusal(host, "CSG1605").Message.Should().Contain("ICostDataReader");
    }

    [Test]
    [Description("Bad input 57")]
    public async Task A_grant_that_is_revoked_while_the_plugin_runs_counts_from_the_next_use()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create($"PluginHost:Permissions:Grants:{Name}:0", (string?)"AlertManagement")]).Build();
        Plugins.Add(_publisher.Source);
        await using var host = await StartAsync(host: b =>
        {
            PluginHost.Hosting.ServiceCollectionExtensions.AddPluginHost(b.Services, configuration.GetSection("PluginHost"));
            _publisher.Alerts.AddTo(b);
        });
        (await host.AskAsync(Name)).Should().Be("published");

        configuration[$"PluginHost:Permissions:Grants:{Name}:0"] = "ReadCostData";
        configuration.Reload();

        var outcome = await host.CallAsync(Name);
        outcome.Fault!.ExceptionType.Should().Contain("PermissionDeniedException");
        outcome.Fault.Message.Should().Contain("CSG1604");
        _publisher.Alerts.Published.Should().ContainSingle();
        host.Find(Name)!.GrantedPermissions.Should().BeEmpty();
    }

    [Test]
    public async Task What_was_not_started_for_want_of_a_grant_is_tried_again_when_it_is_given([Values] bool configured)
    {
        if (configured) Plugins.Add(_publisher.Source);
        else (await Registration.Registrars.RegisterAsync(Place, Plugins.Prepare(_publisher.Source.Build()))).Should().BeEmpty();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("PluginHost:Permissions:GrantDeclared", (string?)"false")]).Build();
        await using var host = await StartAsync(host: b =>
        {
            PluginHost.Hosting.ServiceCollectionExtensions.AddPluginHost(b.Services, configuration.GetSection("PluginHost"));
            _publisher.Alerts.AddTo(b);
        });
        Refusal(host, "CSG1604").Remedy.Should().StartWith($"Grant it: csg plugins {(configured ? $"register {Plugins.PathOf(Name)} --grant" : $"grant {Name}")} AlertManagement, or");

        if (configured)
        {
            configuration[$"PluginHost:Permissions:Grants:{Name}:0"] = "AlertManagement";
            configuration.Reload();
        }
        else
        {
            await using var registrar = Registration.Registrars.Of(Place);
            registrar.Grant(Name, ["AlertManagement"]).Should().BeEmpty();
        }

        await host.BecomesAsync(Name, PluginState.Active);
        (await host.AskAsync(Name)).Should().Be("published");
    }

    [Test]
    public async Task An_embedders_own_permission_guards_its_own_service()
    {
        var wanting = new PluginSource(Name)
        {
            Parameters = "ISecretService secrets", Manifest = "permissions: [ReadSecrets]", Execute = "return new CommandResult(true, secrets.Read());",
        };
        Plugins.Add(wanting);
        Plugins.Add(wanting with { Name = "stranger", AssemblyName = "stranger" });
        await using var host = await StartAsync(
            static o => o.Forward<ISecretService>().Permissions.Grants[Name] = ["ReadSecrets"], static b => b.Services.AddSingleton<ISecretService, Secrets>());

        (await host.AskAsync(Name)).Should().Be("the secret");
        host.Find("stranger")!.Findings.Should().Contain(static f => f.Code == "CSG1604");
    }

    [Test]
    public async Task A_forwarded_service_outlives_the_plugins_that_used_it()
    {
        Plugins.Add(new PluginSource(Name) { Parameters = "IGate gate", Execute = """gate.Reach("used"); return null;""" });
        await using var host = await StartAsync();
        await host.CallAsync(Name);

        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Collected, Name);

        host.Gate.IsDisposed.Should().BeFalse("a plugin's container disposes what is the plugin's, and nothing of the host's");
    }

    [Test]
    public async Task A_host_service_that_is_not_forwarded_cannot_be_had()
    {
        Plugins.Add(new PluginSource(Name) { Parameters = "IServiceScopeFactory services", Execute = """return new CommandResult(true, services.CreateScope().ServiceProvider.GetService(typeof(ISecretService)) == null ? "nothing" : "everything");""" });
        await using var host = await StartAsync(host: static b => b.Services.AddSingleton<ISecretService, Secrets>());

        (await host.AskAsync(Name)).Should().Be("nothing", "the container is the plugin's own");
    }

    private static Finding Refusal(PluginHostFixture host, string code)
    {
        var status = host.Find(Name)!;
        status.State.Should().Be(PluginState.Rejected, host.Describe());
        return status.Findings.Should().ContainSingle(f => f.Code == code, host.Describe()).Subject;
    }

    private sealed class Secrets : ISecretService
    {
        public string Read() => "the secret";
    }
}
