namespace CloudSage.IntegrationTests.Unloading;

/// <summary>The runtime maps a native library once for each file, and never closes it: upgrades must not add up.</summary>
[Platform("Linux")]
internal sealed class NativeLibraryTests : HostTests
{
    private const string Name = "sqlite-user";
    private const int Upgrades = 6;

    [Test]
    public async Task Upgrades_use_the_native_libraries_that_earlier_versions_left_mapped()
    {
        await using var host = await StartAsync();
        await UpgradeAsync(host);

        Mappings().Should().Be(2, "the old version and the new one have one each, in turn");
    }

    [Test]
    public async Task Each_version_maps_its_own_where_the_operator_wants_that()
    {
        await using var host = await StartAsync(static o => o.Unloading.ReuseNativeLibraries = false);
        await UpgradeAsync(host);

        Mappings().Should().Be(Upgrades + 1);
    }

    private async Task UpgradeAsync(PluginHostFixture host)
    {
        var built = PluginFiles.Read(Name, BuiltFixtures.SqliteUser);
        Plugins.Add(built);
        await host.HappensAsync(PluginEventKind.Added, Name);
        (await host.AskAsync(Name)).Should().Be("42");
        for (var i = 1; i <= Upgrades; i++)
        {
            var manifest = System.Text.Encoding.UTF8.GetString(built[PluginFiles.Manifest]);
            Plugins.Swap(built.With(PluginFiles.Manifest, manifest.Replace("1.0.0", $"1.{i}.0", StringComparison.Ordinal)));
            await host.HappensAsync(PluginEventKind.Upgraded, Name, $"1.{i}.0");
            (await host.AskAsync(Name)).Should().Be("42");
            await host.HappensAsync(PluginEventKind.Collected, Name, $"1.{i - 1}.0");
        }
    }

    /// <summary>How many files of that name, below the store, are mapped: each is a device and inode of its own.</summary>
    private int Mappings() => File.ReadLines("/proc/self/maps")
        .Where(l => l.Contains(Place.Store, StringComparison.Ordinal) && l.Contains("libe_sqlite3.so", StringComparison.Ordinal))
        .Select(static l => string.Join(' ', l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..5]))
        .Distinct(StringComparer.Ordinal).Count();
}
