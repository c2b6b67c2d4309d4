using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Triggers;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Commands;
using CloudSage.Plugins.Serialization;
using static CloudSage.UnitTests.Triggers.TriggerRig;

namespace CloudSage.UnitTests.Triggers;

[CancelAfter(20_000)]
public sealed class EventBusTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 11, 59, 0, TimeSpan.Zero);

    [Test]
    public async Task An_event_runs_the_plugins_whose_trigger_names_it_with_its_attributes_as_input(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var (concerned, other) = (new FakeCommandHandler(), new FakeCommandHandler());
        rig.Broker.Put("concerned", concerned);
        rig.Broker.Put("other", other);
        rig.Service.Apply([
            Active("concerned", new ManifestTrigger { Event = "billing-data-imported", Command = "refresh" }),
            Active("other", new ManifestTrigger { Event = "Billing-Data-Imported" }, new ManifestTrigger { Event = "something-else" }, Schedule("0 0 * * *"))]);

        rig.Bus.Publish(Event("billing-data-imported", ("provider", "aws"))).Should().BeTrue();

        var call = await concerned.Calls.ReadAsync(token);
        call.Command.Should().Be("refresh");
        call.DueAt.Should().Be(At);
        call.Trigger.Should().Be(new CommandTrigger(TriggerKind.Event, "billing-data-imported"));
        call.Input.Should().BeEquivalentTo(new Dictionary<string, string> { ["provider"] = "aws" });
        await rig.Service.StopAsync(token);
        rig.Runner.RecentRuns.Should().ContainSingle("the other's triggers do not match");
    }

    [Test]
    public async Task A_filter_lets_through_only_events_whose_attributes_all_equal_its_own(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeCommandHandler());
        var filter = new Dictionary<string, string> { ["provider"] = "aws", ["kind"] = "final" };
        rig.Service.Apply([Active("p", new ManifestTrigger { Event = "e", Filter = filter })]);

        rig.Bus.Publish(Event("e", ("provider", "aws")));
        rig.Bus.Publish(Event("e", ("provider", "aws"), ("kind", "draft")));
        rig.Bus.Publish(Event("e", ("provider", "aws"), ("kind", "final"), ("more", "too")));

        await rig.Service.StopAsync(token);
        rig.Runner.RecentRuns.Should().ContainSingle();
    }

    [Test]
    public async Task Two_matching_triggers_with_two_commands_make_two_runs_and_with_one_command_one(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeCommandHandler());
        rig.Service.Apply([Active("p", Trigger("a"), Trigger("b"), Trigger("a"))]);

        rig.Bus.Publish(Event("e"));

        await rig.Service.StopAsync(token);
        rig.Runner.RecentRuns.Select(r => r.Command).Should().Equal("b", "a");

        static ManifestTrigger Trigger(string command) => new() { Event = "e", Command = command };
    }

    [TestCase("CostSpikeDetected", true)]
    [TestCase("costspikedetected", true)]
    [TestCase("*", true)]
    [TestCase("BudgetExceeded", false)]
    public async Task An_alert_trigger_matches_the_type_or_any(string trigger, bool matches)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("p", new FakeCommandHandler());
        rig.Service.Apply([Active("p", new ManifestTrigger { Alert = trigger })]);

        rig.Bus.Publish(Alert());

        await rig.Service.StopAsync(TestContext.CurrentContext.CancellationToken);
        rig.Runner.RecentRuns.Should().HaveCount(matches ? 1 : 0);
    }

    [Test]
    public async Task A_command_run_by_an_alert_gets_the_alert_as_input(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new FakeCommandHandler();
        rig.Broker.Put("p", plugin);
        var filter = new Dictionary<string, string> { ["severity"] = "Warning", ["team"] = "data" };
        rig.Service.Apply([Active("p", new ManifestTrigger { Alert = "*", Filter = filter })]);

        rig.Bus.Publish(Alert() with { Details = new Dictionary<string, string> { ["team"] = "web" } });
        var alert = Alert() with { AlertId = "a2", Details = new Dictionary<string, string> { ["team"] = "data", ["type"] = "forged" } };
        rig.Bus.Publish(alert);

        var input = (await plugin.Calls.ReadAsync(token)).Input;
        input.Should().Contain("alert_id", "a2").And.Contain("type", "CostSpikeDetected").And.Contain("team", "data");
        PluginJson.Deserialize<Alert>(input[AlertAttributes.Json]).Should().BeEquivalentTo(alert);
    }

    [Test]
    public async Task A_handler_without_alert_triggers_gets_every_alert_and_one_with_them_only_those(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var (all, some) = (new FakeAlertHandler(), new FakeAlertHandler());
        rig.Broker.Put("all", all);
        rig.Broker.Put("some", some);
        rig.Service.Apply([Active("all", Schedule("0 0 * * *")), Active("some", new ManifestTrigger { Alert = "BudgetExceeded" })]);

        rig.Bus.Publish(Alert(AlertType.CostSpikeDetected));
        rig.Bus.Publish(Alert(AlertType.BudgetExceeded));

        (await all.Alerts.ReadAsync(token)).Type.Should().Be(AlertType.CostSpikeDetected);
        (await all.Alerts.ReadAsync(token)).Type.Should().Be(AlertType.BudgetExceeded);
        (await some.Alerts.ReadAsync(token)).Type.Should().Be(AlertType.BudgetExceeded);
    }

    [Test]
    public async Task A_publisher_that_has_called_the_handlers_itself_reaches_the_other_alert_triggers_only(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("handler", new FakeAlertHandler());
        rig.Broker.Put("triggered-handler", new FakeAlertHandler());
        rig.Broker.Put("command", new FakeCommandHandler());
        rig.Service.Apply([Active("handler"), Active("triggered-handler", new ManifestTrigger { Alert = "*" }), Active("command", new ManifestTrigger { Alert = "*" })]);

        rig.Bus.Publish(Alert(), AlertAudience.AllButHandlers);

        await rig.Service.StopAsync(token);
        rig.Runner.RecentRuns.Select(r => r.Plugin).Should().Equal("command");
    }

    [Test]
    public async Task A_plugin_does_not_get_back_the_alerts_that_it_raised(CancellationToken token)
    {
        using var rig = new TriggerRig();
        rig.Broker.Put("handler", new FakeAlertHandler());
        rig.Broker.Put("command", new FakeCommandHandler());
        rig.Service.Apply([Active("handler"), Active("command", new ManifestTrigger { Alert = "*" })]);

        rig.Bus.Publish(Alert(plugin: "handler"));
        rig.Bus.Publish(Alert(plugin: "command"));

        await rig.Service.StopAsync(token);
        rig.Runner.RecentRuns.Select(r => r.Plugin).Should().BeEquivalentTo("command", "handler");
    }

    [Test]
    public async Task A_slow_plugin_blocks_neither_the_publisher_nor_other_plugins_and_its_overflow_is_counted(CancellationToken token)
    {
        using var rig = new TriggerRig(new TriggerOptions { QueueCapacity = 4 });
        var (slow, quick) = (new BlockingCommandHandler(), new FakeCommandHandler());
        rig.Broker.Put("slow", slow);
        rig.Broker.Put("quick", quick);
        rig.Service.Apply([Active("slow", OnEvent), Active("quick", OnEvent)]);
        rig.Bus.Publish(Event("e", ("n", "0"))).Should().BeTrue();
        await slow.Calls.ReadAsync(token);
        await quick.Calls.ReadAsync(token);

        // The slow one holds one and queues four; the quick one takes every one.
        for (var n = 1; n <= 10; n++)
        {
            rig.Bus.Publish(Event("e", ("n", $"{n}"))).Should().Be(n <= 4);
            (await quick.Calls.ReadAsync(token)).Input["n"].Should().Be($"{n}");
        }

        rig.Bus.Overflowed.Should().Be(6);
        rig.Counted("cloudsage.plugins.queue.overflow").Should().Be(6);
        for (var n = 1; n <= 4; n++)
        {
            slow.Release();
            (await slow.Calls.ReadAsync(token)).Input["n"].Should().Be($"{n}", "what was accepted is kept and the newest refused");
        }

        slow.Release();
    }

    [Test]
    public async Task Host_code_that_subscribes_gets_messages_in_order_and_its_overflow_is_its_own(CancellationToken token)
    {
        using var rig = new TriggerRig(new TriggerOptions { QueueCapacity = 2 });
        using var reader = rig.Bus.SubscribeEvents("reader");
        using var idle = rig.Bus.SubscribeEvents("idle");
        await using var events = reader.GetAsyncEnumerator(token);

        for (var n = 0; n < 5; n++)
        {
            rig.Bus.Publish(Event($"e{n}")).Should().Be(n < 2);
            (await events.MoveNextAsync()).Should().BeTrue();
            events.Current.Name.Should().Be($"e{n}");
        }

        (reader.Overflowed, idle.Overflowed, rig.Bus.Overflowed).Should().Be((0, 3, 3));
    }

    [Test]
    public async Task A_subscription_ends_when_it_is_disposed_and_when_the_host_stops(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var disposed = rig.Bus.SubscribeAlerts("disposed");
        using var kept = rig.Bus.SubscribeAlerts("kept");
        disposed.Dispose();
        rig.Bus.Publish(Alert());

        await rig.Service.StopAsync(token);

        (await Read(disposed)).Should().BeEmpty();
        (await Read(kept)).Should().ContainSingle();
        (await Read(rig.Bus.SubscribeAlerts("late"))).Should().BeEmpty();
        rig.Bus.Publish(Alert()).Should().BeFalse();

        async Task<List<Alert>> Read(IEventSubscription<Alert> subscription)
        {
            var all = new List<Alert>();
            await foreach (var alert in subscription.WithCancellation(token)) all.Add(alert);
            return all;
        }
    }

    [Test]
    public async Task Collections_of_the_publisher_are_copied(CancellationToken token)
    {
        using var rig = new TriggerRig();
        using var alerts = rig.Bus.SubscribeAlerts("test");
        var details = new Dictionary<string, string> { ["a"] = "1" };
        rig.Bus.Publish(Alert() with { Details = details });
        details["a"] = "2";

        await using var reading = alerts.GetAsyncEnumerator(token);
        await reading.MoveNextAsync();

        reading.Current.Details["a"].Should().Be("1");
    }

    [Test]
    public async Task What_is_queued_for_a_plugin_that_is_removed_is_dropped(CancellationToken token)
    {
        using var rig = new TriggerRig();
        var plugin = new BlockingCommandHandler();
        rig.Broker.Put("p", plugin);
        rig.Service.Apply([Active("p", OnEvent)]);
        for (var n = 0; n < 3; n++) rig.Bus.Publish(Event("e"));
        await plugin.Calls.ReadAsync(token);

        rig.Service.Apply([]);
        plugin.Release();

        await rig.Service.StopAsync(token);
        rig.Runner.RecentRuns.Should().ContainSingle();
    }

    private static ManifestTrigger OnEvent => new() { Event = "e" };

    private static SystemEvent Event(string name, params (string Key, string Value)[] attributes)
        => new(name, At) { Attributes = attributes.ToDictionary(a => a.Key, a => a.Value) };
}
