using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Placing;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>Whatever lies in the workspace of a plugin folder, nothing beyond that folder is touched, and nothing fails for good.</summary>
internal sealed class HostileWorkspaceTests : HostTests
{
    private const string Name = "kept";

    private FolderWorkspace Workspace => new(Plugins.Path);

    [TestCase("{}")]
    [TestCase("garbage")]
    [TestCase("null")]
    [TestCase("""{"plugin":"e","removed":["n"],"leaving":"VICTIM"}""")]
    [TestCase("""{"plugin":"e","removed":["n"],"leaving":"../../victim"}""")]
    [TestCase("""{"plugin":"e","removed":["../victim"],"leaving":"leaving/x"}""")]
    [TestCase("""{"plugin":"e","removed":["a"],"leaving":""}""")]
    [TestCase("""{"plugin":"e","removed":["plugins.lock"],"leaving":"leaving/x"}""")]
    [TestCase("""{"plugin":"../../x","incoming":"incoming/y","removed":[]}""")]
    [TestCase("""{"plugin":"e","removed":[],"trace":[{"at":"2026-01-01T00:00:00Z","action":"granted","plugin":"another"}]}""")]
    [TestCase("""{"plugin":"e","locked":{"version":"1.0.0","hash":null},"removed":[]}""")]
    public async Task A_change_that_nobody_here_wrote_is_refused_and_a_host_starts_all_the_same(string content)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var victim = Directory.CreateDirectory(Path.Combine(Place.Root, "victim", "sub")).Parent!.FullName;
        await File.WriteAllTextAsync(Workspace.TransactionPath, content.Replace("VICTIM", victim.Replace("\\", "\\\\", StringComparison.Ordinal), StringComparison.Ordinal));

        (await Registrars.VerifyAsync(Place)).Should().ContainSingle().Which.Should().Contain("CSG2412").And.Contain(Workspace.TransactionPath);
        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("1.0.0");
        Directory.Exists(victim).Should().BeTrue();
        (await Registrars.LockAsync(Place)).Plugins.Keys.Should().Equal(Name);
        File.Delete(Workspace.TransactionPath);
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty("that is the remedy");
    }

    [Test]
    public async Task A_copy_of_a_folder_with_a_change_that_was_cut_off_completes_its_own()
    {
        var (original, _) = (Plugins.Path, await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build())));
        var incoming = Path.Combine(Directory.CreateDirectory(Plugins.PathOf(".cloudsage", "incoming")).FullName, "next");
        Directory.Move(Plugins.Prepare(new PluginSource(Name) { Version = "2.0.0" }.Build()), incoming);
        var locked = (await Registrars.LockAsync(Place)).Plugins[Name];
        TransactionFile.Write(Workspace, new FolderTransaction(Name, locked) { Incoming = incoming, Removed = [Name], Leaving = Workspace.Leaving() });
        using var other = new Workspace();
        Copy(original, other.Plugins.Path);

        await Registrars.VerifyAsync(other);

        Directory.Exists(incoming).Should().BeTrue("it is the original's");
        File.Exists(Workspace.TransactionPath).Should().BeTrue();
        Directory.EnumerateFileSystemEntries(other.Plugins.PathOf(".cloudsage", "incoming")).Should().BeEmpty();
        File.ReadAllText(other.Plugins.PathOf(Name, "manifest.yaml")).Should().Contain("2.0.0");
    }

    [Test]
    public async Task What_fails_half_way_is_taken_back()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var before = (await Registrars.LockAsync(Place)).Plugins[Name];
        using var incoming = Workspace.Open();
        // The old version is not taken away: its place is not free when the new one is to take it, and the lock file has the new line by then.
        var transaction = new FolderTransaction(Name, before with { Version = "2.0.0" }) { Incoming = incoming.Path };

        var carry = () => transaction.Carry(Workspace, static _ => { });

        carry.Should().Throw<IOException>();
        File.Exists(Workspace.TransactionPath).Should().BeFalse();
        (await Registrars.LockAsync(Place)).Plugins[Name].Should().BeEquivalentTo(before);
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
    }

    [Test]
    public void A_first_registration_that_fails_leaves_no_lock_file_which_would_lock_out_the_others()
    {
        using var incoming = Workspace.Open();
        Plugins.Add(new PluginSource("neighbour"));
        Directory.CreateDirectory(Plugins.PathOf(Name, "in-the-way"));
        var transaction = new FolderTransaction(Name, new LockedPlugin { Version = "1.0.0", Hash = "00" }) { Incoming = incoming.Path };

        var carry = () => transaction.Carry(Workspace, static _ => { });

        carry.Should().Throw<IOException>();
        File.Exists(Workspace.TransactionPath).Should().BeFalse();
        File.Exists(Plugins.PathOf(PluginLock.FileName)).Should().BeFalse();
    }

    [Test]
    public async Task A_change_that_lost_what_it_was_to_put_in_place_is_taken_back()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var before = (await Registrars.LockAsync(Place)).Plugins[Name];
        var leaving = Workspace.Leaving();
        TransactionFile.Write(Workspace, new FolderTransaction(Name, before with { Version = "2.0.0" }) { Before = before, Incoming = Plugins.PathOf(".cloudsage", "incoming", "gone"), Removed = [Name], Leaving = leaving });
        Directory.CreateDirectory(leaving);
        Directory.Move(Plugins.PathOf(Name), Path.Combine(leaving, Name));

        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("1.0.0");
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }
}
