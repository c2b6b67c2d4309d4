using CloudSage.PluginHost.Lifecycle;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Lifecycle;

public sealed class ActivationJournalTests
{
    private TempFolder _folder = null!;
    private ActivationJournal _journal = null!;

    [SetUp]
    public void SetUp()
    {
        _folder = new TempFolder();
        _journal = new ActivationJournal(_folder.Path);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void A_new_journal_has_no_leftovers() => _journal.TakeLeftovers().Should().BeEmpty();

    [Test]
    public void An_activation_that_ended_leaves_no_mark()
    {
        _journal.Begin(Mark("a")).Dispose();
        _journal.TakeLeftovers().Should().BeEmpty();
    }

    [Test]
    public void Many_first_activations_at_once_are_all_marked()
    {
        for (var round = 0; round < 200; round++)
        {
            var directory = Path.Combine(_folder.Path, $"round-{round}");
            var journal = new ActivationJournal(directory);
            using var together = new Barrier(4);
            Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            {
                together.SignalAndWait(TimeSpan.FromSeconds(10));
                journal.Begin(Mark($"plugin-{i}"));
            });
            new ActivationJournal(directory).TakeLeftovers().Should().HaveCount(4);
        }
    }

    [Test]
    public void A_mark_is_on_disk_as_soon_as_the_activation_begins_and_is_taken_once()
    {
        using var activation = _journal.Begin(Mark("a"));
        new ActivationJournal(_folder.Path).TakeLeftovers().Should().Equal(Mark("a"));
        _journal.TakeLeftovers().Should().BeEmpty();
    }

    [TestCase("")]
    [TestCase("{ \"plugin\": \"to")]
    [TestCase("null")]
    [TestCase("{}")]
    public void A_mark_that_was_torn_still_names_its_plugin(string text)
    {
        _folder.Write("activating/torn.json", text);
        var mark = _journal.TakeLeftovers().Should().ContainSingle().Subject;
        (mark.Plugin, mark.Version).Should().Be(("torn", "unknown"));
    }

    [Test]
    public void Activations_at_once_do_not_meet()
    {
        Parallel.For(0, 16, i =>
        {
            var activation = _journal.Begin(Mark($"p{i}"));
            if (i % 2 == 0) activation.Dispose();
        });
        _journal.TakeLeftovers().Select(static m => m.Plugin).Should().BeEquivalentTo(Enumerable.Range(0, 16).Where(static i => i % 2 == 1).Select(static i => $"p{i}"));
    }

    private static ActivationMark Mark(string plugin) => new(plugin, "1.0.0", "abc", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
}
