namespace CloudSage.IntegrationTests.Dependencies;

/// <summary>Several folders with one plugin's name.</summary>
internal sealed class DuplicateTests : HostTests
{
    private const string Name = "twin";

    [Test]
    public async Task The_highest_version_serves_and_the_other_is_reported()
    {
        AddAs("left", "1.9.0");
        AddAs("right", "1.10.0");
        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("1.10.0");
        host.Find(Name)!.Findings.Should().Contain(static f => f.Code == "CSG1408" && f.Severity == FindingSeverity.Warning);
    }

    [Test]
    public async Task Of_equal_versions_the_same_one_serves_every_time()
    {
        AddAs("right", "1.0.0", "right");
        AddAs("left", "1.0.0", "left");

        for (var i = 0; i < 3; i++)
        {
            await using var host = await StartAsync();
            (await host.AskAsync(Name)).Should().Be("left", "the first path in ordinal order serves");
        }
    }

    [Test]
    public async Task When_the_highest_is_removed_the_next_serves_without_a_gap()
    {
        AddAs("left", "1.0.0");
        AddAs("right", "2.0.0");
        await using var host = await StartAsync();

        Plugins.Delete("right");

        await host.HappensAsync(PluginEventKind.Upgraded, Name, "1.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        host.Count(PluginEventKind.Removed).Should().Be(0);
    }

    [Test]
    public async Task A_disabled_newest_version_neither_deletes_nor_revives_the_other()
    {
        AddAs("left", "1.0.0");
        AddAs("right", "2.0.0");
        await using var host = await StartAsync();

        await host.Plugins.DisableAsync(Name, CancellationToken.None);
        await host.SynchronizeAsync();

        host.Find(Name)!.State.Should().Be(PluginState.Disabled);
        File.Exists(Plugins.PathOf("left", "twin.dll")).Should().BeTrue();
        File.Exists(Plugins.PathOf("right", "twin.dll")).Should().BeTrue();
        Plugins.Delete("right");
        await host.BecomesAsync(Name, PluginState.Disabled, "1.0.0");
        host.Count(PluginEventKind.Added).Should().Be(1);
    }

    private void AddAs(string folder, string version, string? answer = null)
    {
        var plugin = new PluginSource(Name) { Version = version, Execute = $"""return new CommandResult(true, "{answer ?? version}");""" };
        Plugins.Add(plugin.Build() with { Name = folder });
    }
}
