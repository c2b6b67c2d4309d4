using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Updates;

/// <summary>What is remembered of updates over a restart.</summary>
public sealed class UpdateJournalTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("updates-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_version_is_as_old_as_it_is_known_also_to_the_next_process()
    {
        var first = Open().FirstSeen("Made.Plugin", "1.0.1");
        _clock.Advance(TimeSpan.FromDays(3));
        Open().FirstSeen("Made.Plugin", "1.0.1").Should().Be(first);
        Open().FirstSeen("Made.Plugin", "1.0.2").Should().Be(_clock.GetUtcNow());
    }

    [Test]
    public void What_is_under_way_is_known_to_the_next_process_until_it_ends()
    {
        var record = Record("1.0.0", "1.0.1");
        Open().Keep("made-plugin", record);
        Open().Read().Pending["made-plugin"].Should().BeEquivalentTo(record);
        Open().End("made-plugin");
        Open().Read().Pending.Should().BeEmpty();
    }

    [Test]
    public void Versions_that_were_rolled_back_are_known_as_long_as_the_version_before_them_is_there()
    {
        foreach (var broken in new[] { "1.0.1", "1.0.2" })
        {
            Open().Keep("made-plugin", Record("1.0.0", broken));
            Open().EndRolledBack("made-plugin", Record("1.0.0", broken) with { Trouble = "It throws." });
        }

        Open().WasRolledBack("made-plugin", "1.0.1").Should().BeTrue();
        Open().WasRolledBack("made-plugin", "1.0.2").Should().BeTrue();
        Open().WasRolledBack("another", "1.0.1").Should().BeFalse();
        Open().Read().Pending.Should().BeEmpty();

        Open().EndRolledBack("made-plugin", Record("1.0.3", "1.0.4"));
        Open().Read().RolledBack.Select(static r => r.Version).Should().Equal("1.0.4");
    }

    [Test]
    public void What_was_put_back_is_tolerated_until_a_later_update_is_confirmed()
    {
        var record = Record("1.0.0", "1.0.1") with { Served = true, Trouble = "It throws." };
        Open().Keep("made-plugin", record);
        Open().EndRolledBack("made-plugin", record);
        Open().Tolerates("made-plugin", record.From.Hash).Should().BeTrue();

        Open().Confirm("made-plugin");

        Open().Tolerates("made-plugin", record.From.Hash).Should().BeFalse();
        Open().WasRolledBack("made-plugin", "1.0.1").Should().BeTrue("it works no better than before");
    }

    [Test]
    public void A_damaged_record_is_told_and_not_overwritten()
    {
        var file = Path.Combine(_folder, "security-updates.json");
        File.WriteAllText(file, "{ \"pending\": null }");
        Open().Invoking(static j => j.Read()).Should().Throw<InvalidDataException>().WithMessage($"{UpdateCodes.RecordDamaged}*");
        Open().Invoking(static j => j.End("made-plugin")).Should().Throw<InvalidDataException>();
        File.ReadAllText(file).Should().Contain("null");
    }

    private UpdateJournal Open() => new(Options.Create(new LifecycleOptions { StateDirectory = _folder }), _clock);

    private UpdateRecord Record(string from, string to) => new(_folder, Locked(from), Locked(to), Path.Combine(_folder, "kept"), Served: true, _clock.GetUtcNow());

    private static LockedPlugin Locked(string version) => new() { Version = version, Hash = $"hash of {version}", Permissions = ["ReadCostData"] };
}
