using System.Text.Json;
using CloudSage.IntegrationTests.Registration;

namespace CloudSage.IntegrationTests.Permissions;

/// <summary>
/// A plugin hands its capability to another that was granted nothing, by a place that all code of the process can reach. In one process nobody can keep it from that;
/// the capability stays the one of the plugin that it was granted to: it acts under its name, its grants decide, it ends with it.
/// </summary>
internal sealed class HandedCapabilityTests : HostTests
{
    private const string Owner = "owner";
    private const string Taker = "taker";
    private const string Permission = "AlertManagement";

    private readonly string _place = $"handed-{Guid.NewGuid():n}";
    private readonly RecordedAlerts _alerts = new();

    [Test]
    [Description("Bad input 55")]
    public async Task A_capability_that_is_handed_to_another_plugin_stays_its_owners_and_ends_with_it()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Owner)
        {
            Parameters = "IAlertPublisher alerts", Manifest = $"permissions: [{Permission}]", Start = $"""AppContext.SetData("{_place}", alerts);""",
        }.Build()), Permission);
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Taker)
        {
            // It asks for nothing, and remembers what it finds.
            Members = "private IAlertPublisher _found;",
            Execute = $$"""
                _found ??= (IAlertPublisher)AppContext.GetData("{{_place}}");
                try
                {
                    await _found.PublishAsync(new Alert { AlertId = "1", Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "d", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch, Plugin = "taker" }, cancellationToken);
                    return new CommandResult(true, "published");
                }
                catch (PermissionDeniedException e)
                {
                    return new CommandResult(true, e.Message[..7]);
                }
                """,
        }.Build()));

        await using (var host = await StartAsync(host: _alerts.AddTo))
        {
            await host.BecomesAsync(Owner, PluginState.Active);
            (await host.AskAsync(Taker)).Should().Be("published");
            _alerts.Published.Should().ContainSingle().Which.Plugin.Should().Be(Owner, "whoever lends what it was granted answers for it");
            host.Find(Taker)!.GrantedPermissions.Should().BeEmpty();

            await using var registrar = Registrars.Of(Place);
            registrar.Revoke(Owner, [Permission]).Should().BeEmpty();
            await Eventually.TrueAsync(() => host.Find(Owner)!.GrantedPermissions.Count == 0, "the revocation is seen", host.Describe);
            (await host.AskAsync(Taker)).Should().Be("CSG1604", "what its owner may no longer nobody may");

            registrar.Grant(Owner, [Permission]).Should().BeEmpty();
            await Eventually.TrueAsync(() => host.Find(Owner)!.GrantedPermissions.Count == 1, "the grant is seen", host.Describe);
            (await host.AskAsync(Taker)).Should().Be("published");

            Plugins.Delete(Owner);
            await host.HappensAsync(PluginEventKind.Collected, Owner);
            (await host.AskAsync(Taker)).Should().Be("CSG1604", "it ended with its owner, whom nobody kept in memory by it");
        }

        AppContext.SetData(_place, null);
        _alerts.Published.Should().HaveCount(2);
        var denied = File.ReadLines(Path.Combine(Place.State, "audit.jsonl")).Select(static l => JsonDocument.Parse(l).RootElement)
            .Where(static l => l.GetProperty("action").GetString() == "denied").ToArray();
        denied.Should().NotBeEmpty().And.OnlyContain(static l => l.GetProperty("plugin").GetString() == Owner && l.GetProperty("permission").GetString() == Permission);
    }
}
