namespace CloudSage.IntegrationTests.Watching;

/// <summary>The watcher table: every way in which a plugin's files change while it serves. No test asks the host to look: it must notice.</summary>
internal sealed class FolderChangeTests : HostTests
{
    private const string Name = "alpha";
    private static readonly PluginFiles One = new PluginSource(Name) { Version = "1.0.0" }.Build();
    private static readonly PluginFiles Two = new PluginSource(Name) { Version = "2.0.0" }.Build();

    [Test]
    public async Task A_folder_moved_in_is_added_and_answers()
    {
        await using var host = await StartAsync();

        Plugins.Add(One);

        await host.HappensAsync(PluginEventKind.Added, Name, "1.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public Task Files_overwritten_in_place_are_an_upgrade() => Upgrades(plugins => plugins.Overwrite(Two));

    [Test]
    public Task Files_deleted_and_recreated_are_an_upgrade() => Upgrades(plugins => plugins.DeleteAndRecreate(Two));

    [Test]
    public Task A_folder_deleted_and_recreated_is_an_upgrade() => Upgrades(plugins =>
    {
        plugins.Delete(Name);
        plugins.Add(Two);
    });

    [Test]
    public Task Files_replaced_by_atomic_rename_are_an_upgrade() => Upgrades(plugins =>
    {
        foreach (var (file, content) in Two.Files) plugins.ReplaceByRename(Name, file, content);
    });

    [Test]
    public Task A_folder_replaced_by_atomic_rename_is_an_upgrade() => Upgrades(plugins => plugins.Swap(Two));

    [Test]
    public Task A_folder_swapped_with_one_beside_it_is_an_upgrade() => Upgrades(plugins =>
    {
        // Names that begin with a dot are left alone by the host, so tools can prepare a version right there.
        var beside = plugins.PathOf(".alpha-new");
        Directory.Move(plugins.Prepare(Two), beside);
        plugins.MoveAway(Name);
        Directory.Move(beside, plugins.PathOf(Name));
    });

    [Test]
    public async Task A_deleted_folder_is_a_removal()
    {
        Plugins.Add(One);
        await using var host = await StartAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Delete(Name);

        await host.HappensAsync(PluginEventKind.Removed, Name, "1.0.0");
        (await host.CallAsync(Name)).Status.Should().Be(PluginHost.Brokering.CallStatus.Unavailable);
    }

    [Test]
    public async Task A_folder_moved_away_is_a_removal()
    {
        Plugins.Add(One);
        await using var host = await StartAsync();

        Plugins.MoveAway(Name);

        await host.HappensAsync(PluginEventKind.Removed, Name, "1.0.0");
    }

    [Test]
    public async Task A_change_of_the_manifest_alone_is_an_upgrade()
    {
        await using var host = await StartWithOneAsync();

        Plugins.Overwrite(Name, PluginFiles.Manifest, Two[PluginFiles.Manifest]);

        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0", "the code did not change");
    }

    [Test]
    public async Task A_change_of_the_deps_json_alone_is_an_upgrade()
    {
        Plugins.Add(PluginFiles.Read("localized", BuiltFixtures.Localized));
        await using var host = await StartAsync();
        var before = host.Find("localized")!.Hash;
        var depsJson = Plugins.PathOf("localized", "Localized.deps.json");

        await File.AppendAllTextAsync(depsJson, Environment.NewLine);

        await host.HappensAsync(PluginEventKind.Upgraded, "localized");
        host.Find("localized")!.Hash.Should().NotBe(before);
    }

    [Test]
    public async Task A_change_of_a_DLL_in_a_subfolder_is_an_upgrade()
    {
        Plugins.Add(PluginFiles.Read("localized", BuiltFixtures.Localized));
        await using var host = await StartAsync();
        (await host.AskAsync("localized", input: ("culture", "de"))).Should().Be("Guten Tag");

        Plugins.Overwrite("localized", "de/Localized.resources.dll", Satellite.Build("Localized", "CloudSage.Fixtures.Localized.Texts", "de", ("Greeting", "Moin")));

        await host.HappensAsync(PluginEventKind.Upgraded, "localized");
        (await host.AskAsync("localized", input: ("culture", "de"))).Should().Be("Moin");
    }

    [Test]
    public async Task A_manifest_that_was_broken_and_is_mended_is_told()
    {
        await using var host = await StartWithOneAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        var manifest = await File.ReadAllBytesAsync(Plugins.PathOf(Name, "manifest.yaml"));

        Plugins.Overwrite(Name, "manifest.yaml", "name: x\n"u8.ToArray());
        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name);
        Plugins.Overwrite(Name, "manifest.yaml", manifest);

        await host.HappensAsync(PluginEventKind.Recovered, Name);
        host.Find(Name)!.Findings.Should().BeEmpty();
    }

    [Test]
    public async Task A_file_that_vanishes_from_a_plugin_leaves_the_whole_version_serving_and_says_so()
    {
        Plugins.Add(PluginFiles.Read("localized", BuiltFixtures.Localized));
        await using var host = await StartAsync();

        Directory.Delete(Plugins.PathOf("localized", "de"), recursive: true);

        await host.HappensAsync(PluginEventKind.UpgradeFailed, "localized");
        host.Find("localized")!.Findings.Should().Contain(static f => f.Code == "CSG1017");
        (await host.AskAsync("localized", input: ("culture", "de"))).Should().Be("Guten Tag", "the store still has the whole plugin");
    }

    [Test]
    public async Task A_slow_copy_is_waited_for_and_never_reported_as_a_fault()
    {
        await using var host = await StartAsync(Patient);
        Directory.CreateDirectory(Plugins.PathOf(Name));
        Plugins.Overwrite(Name, PluginFiles.Manifest, One[PluginFiles.Manifest]);
        await host.BecomesAsync(Name, PluginState.Discovered);
        var dll = One["alpha.dll"];
        await using (var stream = new FileStream(Plugins.PathOf(Name, "alpha.dll"), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (var chunk in dll.Chunk(dll.Length / 8))
            {
                await stream.WriteAsync(chunk);
                await stream.FlushAsync();
                await Looks(host);
                if (stream.Position < dll.Length) host.Find(Name)!.State.Should().Be(PluginState.Discovered, "the DLL is not whole");
            }
        }

        await host.HappensAsync(PluginEventKind.Added, Name);
        host.Events.Select(static e => e.Kind).Should().Equal(PluginEventKind.Added);
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task A_half_written_upgrade_leaves_the_old_version_serving_until_it_is_whole()
    {
        Plugins.Add(One);
        await using var host = await StartAsync(Patient);
        var dll = Two["alpha.dll"];

        Plugins.Overwrite(Name, "alpha.dll", dll[..(dll.Length / 2)]);
        await Looks(host);
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        Plugins.Overwrite(Two);

        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        host.Events.Select(static e => e.Kind).Where(static k => k != PluginEventKind.Collected).Should().Equal(PluginEventKind.Added, PluginEventKind.Upgraded);
    }

    [Test]
    public async Task A_save_storm_is_one_upgrade()
    {
        Plugins.Add(One);
        await using var host = await StartAsync(static o => o.Discovery.SettleWindow = TimeSpan.FromSeconds(1));
        var versions = Enumerable.Range(2, 20).Select(static i => new PluginSource(Name) { Version = $"{i}.0.0" }.Build()).ToArray();

        foreach (var version in versions) Plugins.Overwrite(version);

        await host.HappensAsync(PluginEventKind.Upgraded, Name, "21.0.0");
        await host.SynchronizeAsync();
        host.Count(PluginEventKind.Upgraded).Should().Be(1);
    }

    [Test]
    public async Task A_touched_file_with_the_same_content_changes_nothing()
    {
        await using var host = await StartWithOneAsync();
        var before = host.Find(Name)!.ActivatedAt;

        Plugins.Overwrite(One);
        await host.SynchronizeAsync();

        await host.HappensAsync(PluginEventKind.Added, Name);
        host.Events.Should().ContainSingle();
        host.Find(Name)!.ActivatedAt.Should().Be(before);
    }

    [Test]
    public async Task Polling_notices_what_no_signal_tells()
    {
        await using var host = await StartAsync(static o => o.Discovery.ForcePolling = true);

        Plugins.Add(One);
        await host.HappensAsync(PluginEventKind.Added, Name);
        Plugins.Overwrite(Two);
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        Plugins.Delete(Name);
        await host.HappensAsync(PluginEventKind.Removed, Name);
    }

    [Test]
    public async Task A_plugins_folder_that_appears_later_is_watched()
    {
        Directory.Delete(Plugins.Path);
        await using var host = await StartAsync(static o => o.Discovery.RescanInterval = TimeSpan.FromSeconds(1));
        host.Logs.Entries.Should().Contain(static l => l.Message.Contains("CSG1001", StringComparison.Ordinal));

        Directory.CreateDirectory(Plugins.Path);
        Plugins.Add(One);

        await host.HappensAsync(PluginEventKind.Added, Name);
    }

    private static void Patient(PluginHost.Hosting.PluginHostOptions options) => options.Discovery.IncompleteGrace = TimeSpan.FromMinutes(10);

    private async Task<PluginHostFixture> StartWithOneAsync()
    {
        Plugins.Add(One);
        // Longer than a busy machine takes from one file system call to the next.
        return await StartAsync(static o => (o.Discovery.SettleWindow, o.Lifecycle.RemovalGrace) = (TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(10)));
    }

    private async Task Upgrades(Action<DropFolder> change)
    {
        await using var host = await StartWithOneAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        change(Plugins);

        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("2.0.0");
        host.Count(PluginEventKind.Upgraded).Should().Be(1);
        host.Count(PluginEventKind.Removed).Should().Be(0);
        host.Count(PluginEventKind.UpgradeFailed).Should().Be(0);
        await host.HappensAsync(PluginEventKind.Collected, Name, "1.0.0");
    }
}
