using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.Options;

namespace CloudSage.PackageTests.Updating;

/// <summary>A version that does not become healthy is taken back, and what was begun is completed.</summary>
internal sealed class RollbackTests : UpdatingTests
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    [Test, CancelAfter(Limit)]
    public async Task A_fix_that_throws_in_its_start_is_taken_back_without_a_failed_call_and_not_tried_again()
    {
        OfferSample("1.0.0", Vulnerable);
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        var before = Locked();
        await using var host = await StartUpdatingAsync();
        await using var callers = new Callers(host, Plugin);
        await callers.AreServedByAsync("1.0.0");
        OfferSample("1.0.1", Mended, new PluginSource(Plugin) { Start = """throw new InvalidOperationException("broken");""" });
        PublishJson();

        await AuditedAsync("security-update-rolled-back", "1.0.0");
        await SettlesAsync(host);
        await callers.AreServedByAsync("1.0.0");
        Locked().Should().BeEquivalentTo(before);
        LookAgain(host);
        await SaysAsync(host, UpdateCodes.RolledBackBefore);
        await SaysAsync(host, UpdateCodes.RolledBack);

        OfferSample("1.0.2", Mended);
        LookAgain(host);
        await callers.AreServedByAsync("1.0.2");
        await SettlesAsync(host);
        await callers.EndAsync();
        callers.Failed.Should().BeEmpty();
    }

    [Test, CancelAfter(Limit)]
    public async Task A_fix_whose_calls_fail_is_taken_back_and_only_its_own_calls_are_lost()
    {
        OfferSample("1.0.0", Vulnerable);
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        var before = Locked();
        await using var host = await StartUpdatingAsync(static o => o.ObservationPeriod = Long);
        await using var callers = new Callers(host, Plugin);
        await callers.AreServedByAsync("1.0.0");
        OfferSample("1.0.1", Mended, new PluginSource(Plugin) { Execute = """throw new InvalidOperationException("broken");""" });
        PublishJson();

        await AuditedAsync("security-update-rolled-back", "1.0.0");
        await SettlesAsync(host);
        await callers.AreServedByAsync("1.0.0");
        await callers.EndAsync();
        callers.Failed.Should().NotBeEmpty().And.OnlyContain(static f => f.Version == "1.0.1");
        Locked().Should().BeEquivalentTo(before);
        await host.HappensAsync(PluginEventKind.Collected, Plugin, "1.0.1");
    }

    [Test, CancelAfter(Limit)]
    public async Task What_was_on_trial_when_the_process_ended_is_on_trial_at_the_next_start()
    {
        await BeginTrialAsync();
        await using var host = await StartUpdatingAsync();
        await SettlesAsync(host);
        (await host.AskAsync(Plugin)).Should().Be("1.0.1");
        Locked().Version.Should().Be("1.0.1");
        await Eventually.TrueAsync(() => Kept().Length == 0, "what was kept for a rollback is deleted");
    }

    [Test, CancelAfter(Limit)]
    public async Task What_was_being_rolled_back_when_the_process_ended_is_rolled_back_at_the_next_start()
    {
        await BeginTrialAsync(static (journal, record) => journal.Keep(Plugin, record with { Trouble = "It was killed." }));
        await using var host = await StartUpdatingAsync();
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.0");
        await SettlesAsync(host);
        Locked().Version.Should().Be("1.0.0");
        Journal(host).WasRolledBack(Plugin, "1.0.1").Should().BeTrue();
        await Eventually.TrueAsync(() => Kept().Length == 0, "what was kept for a rollback is deleted");
    }

    [Test, CancelAfter(Limit)]
    public async Task What_was_put_back_when_the_process_ended_serves_again_though_the_fix_left_its_name_under_quarantine()
    {
        await BeginTrialAsync((journal, record) =>
        {
            journal.Keep(Plugin, record with { Trouble = "It killed the process." });
            var marks = Directory.CreateDirectory(Path.Combine(Place.State, "activating")).FullName;
            File.WriteAllText(Path.Combine(marks, $"{Plugin}.json"), $$"""{ "plugin": "{{Plugin}}", "version": "1.0.1", "hash": "{{record.To.Hash}}", "at": "2026-03-01T00:00:00Z" }""");
        });
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        await using var host = await StartUpdatingAsync();
        await host.HappensAsync(PluginEventKind.Quarantined, Plugin);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.0");
        await SettlesAsync(host);
        Journal(host).WasRolledBack(Plugin, "1.0.1").Should().BeTrue();
        await Eventually.TrueAsync(() => Kept().Length == 0, "what was kept for a rollback is deleted");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_fix_during_whose_trial_the_process_died_twice_is_taken_back()
    {
        await BeginTrialAsync(static (journal, record) =>
        {
            record.Trials.Should().Be(0, "a host that stops in order says so");
            journal.Keep(Plugin, record with { Trials = 2 });
        });
        await using var host = await StartUpdatingAsync(static o => o.ObservationPeriod = Long);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.0");
        await SettlesAsync(host);
        await SaysAsync(host, UpdateCodes.RolledBack);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_fix_whose_start_killed_the_process_is_taken_back_and_its_quarantine_lifted()
    {
        await BeginTrialAsync((_, record) =>
        {
            // As the journal of activations is left by a process that dies in the start of a plugin.
            var marks = Directory.CreateDirectory(Path.Combine(Place.State, "activating")).FullName;
            File.WriteAllText(Path.Combine(marks, $"{Plugin}.json"), $$"""{ "plugin": "{{Plugin}}", "version": "1.0.1", "hash": "{{record.To.Hash}}", "at": "2026-03-01T00:00:00Z" }""");
        });
        await using var host = await StartUpdatingAsync(static o => o.ObservationPeriod = Long);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.0");
        await SettlesAsync(host);
        await host.HappensAsync(PluginEventKind.Quarantined, Plugin, "1.0.1");
        (await host.AskAsync(Plugin)).Should().Be("1.0.0");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_fix_of_a_plugin_under_quarantine_is_put_in_place_and_starts_when_that_is_lifted()
    {
        OfferSample("1.0.0", Vulnerable);
        OfferSample("1.0.1", Mended);
        PublishJson();
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        var marks = Directory.CreateDirectory(Path.Combine(Place.State, "activating")).FullName;
        File.WriteAllText(Path.Combine(marks, $"{Plugin}.json"), $$"""{ "plugin": "{{Plugin}}", "version": "1.0.0", "hash": "{{Locked().Hash}}", "at": "2026-03-01T00:00:00Z" }""");
        await using var host = await StartUpdatingAsync();
        await AuditedAsync("security-update", "1.0.1");
        await SettlesAsync(host);
        Journal(host).WasRolledBack(Plugin, "1.0.1").Should().BeFalse("it was never started, so nothing speaks against it");
        Locked().Version.Should().Be("1.0.1");
        await host.Plugins.RetryAsync(Plugin, CancellationToken.None);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.1");
    }

    [Test, CancelAfter(Limit)]
    public async Task What_was_never_put_in_place_is_forgotten_and_tried_again()
    {
        OfferSample("1.0.0", Vulnerable);
        OfferSample("1.0.1", Mended);
        PublishJson();
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        new UpdateJournal(Options.Create(new LifecycleOptions { StateDirectory = Place.State }), TimeProvider.System).Keep(Plugin,
            new UpdateRecord(Plugins.Path, Locked(), Locked() with { Version = "1.0.1", Hash = "0" }, Plugins.PathOf("gone"), Served: true, DateTimeOffset.UtcNow));
        await using var host = await StartUpdatingAsync();
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.1");
        await SettlesAsync(host);
    }

    [Test, CancelAfter(Limit)]
    public async Task What_was_kept_and_no_record_speaks_of_is_deleted_at_the_start()
    {
        await BeginTrialAsync();
        File.Delete(Path.Combine(Place.State, "security-updates.json"));
        await using var host = await StartUpdatingAsync();
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.1");
        await Eventually.TrueAsync(() => Kept().Length == 0, "what nobody speaks of is deleted", host.Describe);
        (await host.AskAsync(Plugin)).Should().Be("1.0.1");
    }

    [TestCase("""{ "machine": "another", "record": "/there/security-updates.json" }""", true), TestCase("""{ "machine": "MACHINE", "record": "//server/share/security-updates.json" }""", true)]
    [TestCase("""{ "machine": "MACHINE", "record": "security-updates.json" }""", true), TestCase("""{ "machine": "MACHINE", "record": "/a\u0000b" }""", true)]
    [TestCase("""{ "machine": "MACHINE" }""", false), TestCase("""{ "machine": """, false), TestCase("", false)]
    public void What_a_kept_folder_says_of_its_owner_is_believed_only_where_this_machine_can_see_it(string owner, bool isNeeded)
    {
        var folder = Directory.CreateDirectory(Plugins.PathOf(".cloudsage", "kept", "abc.def")).FullName;
        File.WriteAllText(Path.Combine(folder, ".owner.json"), owner.Replace("MACHINE", Environment.MachineName, StringComparison.Ordinal));
        KeptFolder.IsNeeded(folder, Path.Combine(Place.State, "security-updates.json")).Should().Be(isNeeded);
    }

    [Test, CancelAfter(Limit)]
    public async Task What_another_host_may_still_put_back_is_kept_until_its_record_no_longer_speaks_of_it()
    {
        var (kept, other) = (Plugins.PathOf(".cloudsage", "kept", "abc.def"), Path.Combine(Place.Root, "other"));
        var theirs = new UpdateJournal(Options.Create(new LifecycleOptions { StateDirectory = other }), TimeProvider.System);
        var locked = new PluginHost.Registration.LockedPlugin { Version = "1.0.0", Hash = "0" };
        theirs.Keep("another", new UpdateRecord(Plugins.Path, locked, locked, kept, Served: true, DateTimeOffset.UtcNow));
        KeptFolder.Claim(kept, theirs.Path);
        var lost = Directory.CreateDirectory(Plugins.PathOf(".cloudsage", "kept", "lost", "another")).Parent!.FullName;

        await using var host = await StartUpdatingAsync();
        await Eventually.TrueAsync(() => !Directory.Exists(lost), "what no record speaks of is deleted", host.Describe);
        Directory.Exists(kept).Should().BeTrue();
        File.WriteAllText(theirs.Path, "damaged");
        LookAgain(host);
        Directory.CreateDirectory(lost);
        LookAgain(host);
        await Eventually.TrueAsync(() => !Directory.Exists(lost), "the next look is over", host.Describe);
        Directory.Exists(kept).Should().BeTrue("a record that cannot be read may speak of it");
        File.Delete(theirs.Path);
        LookAgain(host);
        await Eventually.TrueAsync(() => !Directory.Exists(kept), "nobody speaks of it any more", host.Describe);
    }

    /// <summary>An update is put in place, and the host ends before it is confirmed.</summary>
    private async Task BeginTrialAsync(Action<UpdateJournal, UpdateRecord>? then = null)
    {
        OfferSample("1.0.0", Vulnerable);
        OfferSample("1.0.1", Mended);
        await RegisterAsync("Made.Sample", "1.0.0", "[1.0,2.0)");
        await using var host = await StartUpdatingAsync(static o => o.ObservationPeriod = Long);
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.0");
        PublishJson();
        await host.BecomesAsync(Plugin, PluginState.Active, "1.0.1");
        await host.StopAsync();
        var record = Journal(host).Read().Pending[Plugin];
        Kept().Should().ContainSingle();
        then?.Invoke(Journal(host), record);
    }

    private string[] Kept() => Directory.Exists(Plugins.PathOf(Path.Combine(".cloudsage", "kept"))) ? Directory.GetDirectories(Plugins.PathOf(Path.Combine(".cloudsage", "kept"))) : [];
}
