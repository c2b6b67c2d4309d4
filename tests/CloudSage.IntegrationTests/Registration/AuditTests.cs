using System.Text.Json;

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
