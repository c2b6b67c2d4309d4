using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Placing;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>A change of a plugin folder that is cut off anywhere is completed by whoever comes next.</summary>
internal sealed class RecoveryTests : HostTests
{
    private const string Name = "moved";

    private FolderWorkspace Workspace => new(Plugins.Path);

    /// <summary>How far an upgrade had come when its process died.</summary>
    public enum Reached { Intent, OldAway, LockWritten, NewInPlace }

    [Test]
    public async Task An_upgrade_is_completed_by_the_next_host([Values] Reached reached)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var (transaction, after) = await CutOffAsync(reached);

        await using var host = await StartAsync();

        (await host.BecomesAsync(Name, PluginState.Active)).Version.Should().Be("2.0.0");
        (await Registrars.LockAsync(Place)).Plugins[Name].Should().BeEquivalentTo(after);
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
        Path.Exists(transaction.Leaving).Should().BeFalse();
    }

    [Test]
    public async Task An_upgrade_is_completed_by_the_next_operator([Values] Reached reached)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        await CutOffAsync(reached);

        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();

        (await Registrars.LockAsync(Place)).Plugins[Name].Version.Should().Be("2.0.0");
        File.ReadAllText(Path.Combine(Place.State, "audit.jsonl")).Should().Contain("\"recovered\"");
    }

    [Test]
    public async Task What_was_cut_off_waits_for_a_lock_file_that_is_damaged_to_be_mended([Values] Reached reached)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        await CutOffAsync(reached);
        var path = Plugins.PathOf(PluginLock.FileName);
        var whole = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, "{");

        (await Registrars.VerifyAsync(Place)).Should().ContainSingle().Which.Should().Contain("CSG2401").And.NotContain("CSG2412", "the change is known, and not to be deleted");

        await File.WriteAllTextAsync(path, whole);
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
        (await Registrars.LockAsync(Place)).Plugins[Name].Version.Should().Be("2.0.0");
    }

    [Test]
    public async Task What_a_process_that_died_had_prepared_is_deleted_and_what_a_living_one_prepares_is_not()
    {
        using var mine = Workspace.Open();
        var dead = Directory.CreateDirectory(Plugins.PathOf(".cloudsage", "incoming", "dead")).FullName;
        await File.WriteAllTextAsync(dead + ".live", string.Empty);
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        Directory.Exists(mine.Path).Should().BeTrue();
        Directory.Exists(dead).Should().BeFalse();
        mine.Dispose();
        await Registrars.VerifyAsync(Place);
        Directory.EnumerateFileSystemEntries(Plugins.PathOf(".cloudsage", "incoming")).Should().BeEmpty();
    }

    [Test]
    public void What_was_kept_is_not_touched_while_somebody_is_at_work_or_a_change_was_cut_off()
    {
        var kept = Directory.CreateDirectory(Workspace.Keeping()).FullName;
        using (Workspace.TryTake(waits: false)) Workspace.CleanKept(static _ => false);
        Directory.Exists(kept).Should().BeTrue("another process changes the folder");
        File.WriteAllText(Workspace.TransactionPath, "{}");
        Workspace.CleanKept(static _ => false);
        Directory.Exists(kept).Should().BeTrue("the change may need it");
        File.Delete(Workspace.TransactionPath);
        Workspace.CleanKept(static _ => true);
        Directory.Exists(kept).Should().BeTrue("somebody needs it");
        Workspace.CleanKept(static _ => false);
        Directory.Exists(kept).Should().BeFalse();
    }

    /// <summary>Does the steps of an upgrade to 2.0.0 up to one of them, and leaves it at that.</summary>
    private async Task<(FolderTransaction Transaction, LockedPlugin After)> CutOffAsync(Reached reached)
    {
        // What a complete upgrade comes to, taken in a place of its own.
        var next = new PluginSource(Name) { Version = "2.0.0" }.Build();
        using var other = new Workspace();
        await Registrars.RegisterAsync(other, other.Plugins.Prepare(next));
        var after = (await Registrars.LockAsync(other)).Plugins[Name];

        var folder = Path.Combine(Directory.CreateDirectory(Plugins.PathOf(".cloudsage", "incoming")).FullName, "cut-off");
        Directory.Move(Plugins.Prepare(next), folder);
        var transaction = new FolderTransaction(Name, after) { Incoming = folder, Removed = [Name], Leaving = Workspace.Leaving() };
        TransactionFile.Write(Workspace, transaction);
        if (reached >= Reached.OldAway)
        {
            Directory.CreateDirectory(transaction.Leaving);
            Directory.Move(Plugins.PathOf(Name), Path.Combine(transaction.Leaving, Name));
        }

        if (reached >= Reached.LockWritten) new PluginLockFile(Plugins.Path).Change(l => l.With(Name, after));
        if (reached >= Reached.NewInPlace) Directory.Move(folder, Plugins.PathOf(Name));
        return (transaction, after);
    }
}
