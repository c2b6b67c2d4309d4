using CloudSage.Benchmarks.Changes;

namespace CloudSage.IntegrationTests.Watching;

/// <summary>Copies that are slow, torn or never end: what is loaded is always a whole plugin. The benchmark `copies` does the same a thousand times.</summary>
internal sealed class UnevenCopyTests : HostTests
{
    private const int AtOnce = 10;

    [Test]
    public async Task Of_sixty_slow_torn_and_interrupted_copies_nothing_but_whole_plugins_is_loaded()
    {
        await using var host = await StartAsync();

        await Parallel.ForAsync(0, 60, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) => await CopyAsync(host, seed));
        await host.SynchronizeAsync();

        host.Count(PluginEventKind.Faulted).Should().Be(0, host.Describe());
        host.Events.Where(static e => e.Kind == PluginEventKind.UpgradeFailed && e.Version is not null).Should().BeEmpty(host.Describe());
    }

    private async Task CopyAsync(PluginHostFixture host, int seed)
    {
        var (one, two) = (Version(seed, "1.0.0"), Version(seed, "2.0.0"));
        var copy = new UnevenCopy(Plugins.PathOf(one.Name), seed);
        if (copy.Kind is CopyKind.Overwritten or CopyKind.Rewritten)
        {
            Plugins.Add(one);
            await host.BecomesAsync(one.Name, PluginState.Active, "1.0.0");
        }

        if (await copy.RunAsync(two.Files))
        {
            var status = await host.BecomesAsync(one.Name, PluginState.Active, "2.0.0");
            // A mixture of both versions may have served in between, of which each file was whole; in the end it is the new version.
            await Eventually.TrueAsync(() => host.Find(one.Name)?.Hash == ContentHashes.Of(two.Files), $"{copy.Kind} {status.Name} is the whole new version", host.Describe);
        }
        else
        {
            await host.SynchronizeAsync();
            host.Find(one.Name)?.State.Should().NotBe(PluginState.Active, "{0} was never copied to its end", one.Name);
        }
    }

    private static PluginFiles Version(int seed, string version) => new PluginSource($"copied-{seed}")
    {
        Version = version,
        Libraries = [new LibrarySource("Copied.Library", "public static class Part { public static string Name => \"part\"; }")],
        Execute = "return new CommandResult(true, Part.Name);",
    }.Build();
}
