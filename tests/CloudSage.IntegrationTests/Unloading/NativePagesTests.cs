using System.Globalization;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>The runtime keeps a native library mapped for ever; its memory is given back all the same.</summary>
internal sealed class NativePagesTests : HostTests
{
    [Test]
    [Platform("Linux")]
    public async Task The_pages_of_a_gone_versions_native_libraries_are_given_back()
    {
        Plugins.Add(PluginFiles.Read("sqlite-user", BuiltFixtures.SqliteUser));
        await using var host = await StartAsync();
        (await host.AskAsync("sqlite-user")).Should().Be("42");
        var before = ResidentKibOf("libe_sqlite3.so");
        before.Should().BeGreaterThan(300, "the library was used");

        Plugins.Delete("sqlite-user");

        await host.HappensAsync(PluginEventKind.Collected, "sqlite-user");
        await Eventually.TrueAsync(() => ResidentKibOf("libe_sqlite3.so") < before / 2, "the pages are given back", () => $"{ResidentKibOf("libe_sqlite3.so")} of {before} KiB");
    }

    /// <summary>What is in memory of a library below the store: see proc_pid_smaps(5).</summary>
    private long ResidentKibOf(string library)
    {
        var (sum, counts) = (0L, false);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
        {
            if (line.Contains('/', StringComparison.Ordinal)) counts = line.Contains(Place.Store, StringComparison.Ordinal) && line.Contains(library, StringComparison.Ordinal);
            else if (counts && line.StartsWith("Rss:", StringComparison.Ordinal)) sum += long.Parse(line["Rss:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
            else if (line.Length > 0 && char.IsAsciiHexDigitLower(line[0])) counts = false;
        }

        return sum;
    }
}
