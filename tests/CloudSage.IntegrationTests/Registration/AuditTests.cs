using System.Text.Json;
using CloudSage.PluginHost.Registration;
using Microsoft.Extensions.Configuration;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>What happened to plugins is in the audit log, a JSON object a line, and no plugin can write a line of its own.</summary>
internal sealed class AuditTests : HostTests
{
    private const string Name = "audited";

    [Test]
    public async Task A_life_is_written_down_from_registration_to_departure()
    {
        var publisher = new Permissions.RecordedPublisher(Name);
        await Registrars.RegisterAsync(Place, Plugins.Prepare(publisher.Source.Build()), "AlertManagement");
        await using (var host = await StartAsync(host: publisher.Alerts.AddTo))
        {
            await host.AskAsync(Name);
            await using var registrar = Registrars.Of(Place);
            registrar.Revoke(Name, ["AlertManagement"]);
            await Eventually.TrueAsync(() => host.Find(Name)!.GrantedPermissions.Count == 0, "the revocation is seen");
            for (var i = 0; i < 3; i++) await host.CallAsync(Name);
            await registrar.UnregisterAsync(Name, CancellationToken.None);
            await host.HappensAsync(PluginEventKind.Collected, Name);
        }

        var lines = Entries();
        lines.Select(static l => l.GetProperty("action").GetString()).Should().ContainInOrder("registered", "granted", "admitted", "added", "denied", "removed", "collected");
        lines.Where(static l => l.GetProperty("action").GetString() == "denied").Sum(static l => l.TryGetProperty("count", out var count) ? count.GetInt32() : 1).Should().Be(3);
        lines[0].GetProperty("actor").GetString().Should().Be("operator:tester");
        lines.Should().OnlyContain(static l => l.GetProperty("plugin").GetString() == Name);
        lines.Should().Contain(static l => l.GetProperty("action").GetString() == "revoked" && l.GetProperty("permission").GetString() == "AlertManagement");
    }

    [Test]
    public async Task What_the_configuration_grants_and_takes_back_is_noted_and_what_is_no_permission_is_warned_of()
    {
        Plugins.Add(new PluginSource(Name));
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"PluginHost:Permissions:Grants:{Name}:0", (string?)"ReadCostData")]).Build();
        await using (var host = await StartAsync(host: b => PluginHost.Hosting.ServiceCollectionExtensions.AddPluginHost(b.Services, configuration.GetSection("PluginHost"))))
        {
            configuration[$"PluginHost:Permissions:Grants:{Name}:0"] = "ReadInstanceMetricz";
            configuration["PluginHost:Permissions:GrantDeclared"] = "true";
            configuration.Reload();
            await Eventually.TrueAsync(
                () => host.Logs.Entries.Any(static e => e.EventId == 1907 && e.ToString().Contains("Did you mean 'ReadInstanceMetrics'?", StringComparison.Ordinal)), "the typo is warned of", host.Describe);
            configuration["PluginHost:Permissions:GrantDeclared"] = "false";
            configuration.Reload();
            await host.Plugins.SynchronizeAsync(CancellationToken.None);
        }

        var grants = Entries().Where(static l => l.TryGetProperty("permission", out _)).ToArray();
        grants.Should().OnlyContain(static l => l.GetProperty("actor").GetString() == "host" && l.GetProperty("detail").GetString() == "by the configuration");
        grants.Select(static l => $"{l.GetProperty("action")} {l.GetProperty("plugin")} {l.GetProperty("permission")}").Should().Equal(
            $"granted {Name} ReadCostData", "granted * GrantDeclared", $"granted {Name} ReadInstanceMetricz", $"revoked {Name} ReadCostData", "revoked * GrantDeclared");
    }

    [Test]
    public async Task What_a_lock_file_grants_and_is_no_permission_is_warned_of()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var path = Plugins.PathOf(PluginLock.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"grants\": []", "\"grants\": [ \"*\" ]", StringComparison.Ordinal));

        await using var host = await StartAsync();

        host.Logs.Entries.Should().ContainSingle(static e => e.EventId == 1907).Which.ToString().Should().Contain($"'*' is granted to {Name} in the lock file");
    }

    [Test]
    [Description("Bad input 63: line breaks and control sequences in the log are escaped")]
    public async Task No_plugin_forges_a_line()
    {
        Plugins.Add(new PluginSource(Name) { Start = """throw new InvalidOperationException("x\n{\"action\":\"granted\"}\u001b[2J");""" });
        await using (var host = await StartAsync()) await host.BecomesAsync(Name, PluginState.Faulted);

        File.ReadAllText(LogPath).Should().NotContain("\u001b");
        Entries().Select(static l => l.GetProperty("action").GetString()).Should().StartWith(["admitted", "faulted"]).And.NotContain("granted");
    }

    [Test]
    public async Task A_line_that_was_cut_off_does_not_swallow_the_next()
    {
        Directory.CreateDirectory(Place.State);
        File.WriteAllText(LogPath, """{"at":"2000""");
        Plugins.Add(new PluginSource(Name));
        await using (var host = await StartAsync()) await host.BecomesAsync(Name, PluginState.Active);
        File.ReadLines(LogPath).Skip(1).First().Should().StartWith("""{"at":""").And.Contain("\"admitted\"");
    }

    private string LogPath => Path.Combine(Place.State, "audit.jsonl");

    private JsonElement[] Entries() => [.. File.ReadLines(LogPath).Select(static l => JsonDocument.Parse(l).RootElement)];
}
