using System.Runtime.CompilerServices;
using System.Text.Json;
using CloudSage.IntegrationTests.Registration;
using CloudSage.Plugins.Capabilities;
using CloudSage.Plugins.Costs;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.IntegrationTests.Permissions;

/// <summary>What a plugin is denied in the midst of a call.</summary>
internal sealed class DeniedCallTests : HostTests
{
    private const string Name = "caller";

    [Test]
    [Description("Bad input 53")]
    public async Task What_is_not_declared_cannot_be_had_in_a_call_either_and_the_attempt_is_written_down()
    {
        var alerts = new RecordedAlerts();
        Plugins.Add(new PluginSource(Name)
        {
            Parameters = "IServiceProvider services",
            Execute = """
                var alerts = services.GetRequiredService<IAlertPublisher>();
                await alerts.PublishAsync(null, cancellationToken);
                return null;
                """,
        });
        await using (var host = await StartAsync(static o => o.Permissions.Grants["*"] = ["AlertManagement"], alerts.AddTo))
        {
            var outcome = await host.CallAsync(Name);
            outcome.Fault!.ExceptionType.Should().Contain("PermissionDeniedException");
            outcome.Fault.Message.Should().Contain("CSG1603");
        }

        alerts.Published.Should().BeEmpty();
        var denied = Denied();
        denied.Should().ContainSingle();
        denied[0].GetProperty("plugin").GetString().Should().Be(Name);
        denied[0].GetProperty("permission").GetString().Should().Be("AlertManagement");
    }

    [Test]
    [Description("Bad input 57")]
    public async Task What_is_revoked_in_mid_call_is_denied_from_the_next_record()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name)
        {
            Parameters = "ICostDataReader reader, IGate gate",
            Manifest = "permissions: [ReadCostData]",
            Execute = """
                var read = 0;
                try
                {
                    await foreach (var record in reader.ReadAsync(new CostDataQuery(), cancellationToken))
                    {
                        read++;
                        await gate.WaitAsync($"read {read}", cancellationToken);
                    }
                }
                catch (PermissionDeniedException e)
                {
                    return new CommandResult(true, $"{read} read, then {e.Permission} was denied");
                }

                return new CommandResult(true, "everything");
                """,
        }.Build()), "ReadCostData");
        await using (var host = await StartAsync(host: static b => b.Services.AddSingleton<ICostDataReader, EndlessCosts>()))
        {
            await host.BecomesAsync(Name, PluginState.Active);
            var call = host.CallAsync(Name);
            host.Gate.Open("read 1");
            await host.Gate.ReachedAsync("read 2");

            await using var registrar = Registrars.Of(Place);
            registrar.Revoke(Name, ["ReadCostData"]).Should().BeEmpty();
            await Eventually.TrueAsync(() => host.Find(Name)!.GrantedPermissions.Count == 0, "the revocation is seen", host.Describe);
            host.Gate.Open("read 2");

            (await call).Value.Should().Be("2 read, then ReadCostData was denied");
        }

        Denied().Should().ContainSingle();
    }

    private JsonElement[] Denied() =>
    [
        .. File.ReadLines(Path.Combine(Place.State, "audit.jsonl")).Select(static l => JsonDocument.Parse(l).RootElement)
            .Where(static l => l.GetProperty("action").GetString() == "denied"),
    ];

    private sealed class EndlessCosts : ICostDataReader
    {
        public async IAsyncEnumerable<CostRecord> ReadAsync(CostDataQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                await Task.Yield();
                yield return new CostRecord { BillingCurrency = "EUR", ChargePeriodStart = DateTimeOffset.UnixEpoch };
            }
        }
    }
}
