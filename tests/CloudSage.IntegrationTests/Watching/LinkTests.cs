namespace CloudSage.IntegrationTests.Watching;

/// <summary>Links that lead out of the plugins folder are refused, however they come there.</summary>
[Platform(Exclude = "Win", Reason = "Making links needs a privilege on Windows.")]
internal sealed class LinkTests : HostTests
{
    private const string Name = "linked";

    [Test]
    public async Task A_folder_that_is_a_link_to_the_outside_is_refused()
    {
        var outside = Plugins.Prepare(new PluginSource(Name).Build());
        Directory.CreateSymbolicLink(Plugins.PathOf(Name), outside);
        await using var host = await StartAsync();

        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().Contain(static f => f.Code == "CSG1003");
        PluginMemory.LoadedFrom(Place.Root).Should().BeEmpty();
    }

    [Test]
    public async Task A_file_that_is_swapped_for_a_link_to_the_outside_leaves_the_old_version_serving()
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync();
        var outside = Path.Combine(Plugins.Prepare(new PluginSource(Name) { Version = "2.0.0" }.Build()), "linked.dll");

        File.Delete(Plugins.PathOf(Name, "linked.dll"));
        File.CreateSymbolicLink(Plugins.PathOf(Name, "linked.dll"), outside);

        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name);
        host.Find(Name)!.Findings.Should().Contain(static f => f.Code == "CSG1003");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task A_folder_that_is_swapped_for_a_link_to_the_outside_leaves_the_old_version_serving()
    {
        Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync(static o => o.Lifecycle.RemovalGrace = TimeSpan.FromSeconds(10));
        var outside = Plugins.Prepare(new PluginSource(Name) { Version = "2.0.0" }.Build());

        Plugins.MoveAway(Name);
        Directory.CreateSymbolicLink(Plugins.PathOf(Name), outside);

        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name);
        host.Find(Name)!.Findings.Should().Contain(static f => f.Code == "CSG1003");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }
}
