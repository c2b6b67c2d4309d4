using System.Diagnostics;
using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.Options;

namespace CloudSage.PackageTests.Updating;

/// <summary>
/// A worker is killed at every step of a security update, of its trial and of its rollback, again and again: the next one finds folder, lock file and journal in
/// agreement, and brings it to an end.
/// </summary>
internal sealed class KilledUpdateTests : UpdatingTests
{
    private const int Kills = 26;
    private const int KillsInARow = 4;
    private const int Seed = 20_700;
    private const string Old = "1.0.0";
    private const string New = "1.0.1";

    private PluginRegistrar? _reader;

    private string Template => Path.Combine(Place.Root, "template");

    private string Kept => Plugins.PathOf(".cloudsage", "kept");

    private string Looking => Path.Combine(Place.State, "examined", ".cloudsage", "incoming");

    private string Intent => Plugins.PathOf(".cloudsage", "transaction.json");

    private UpdateJournal Memory => new(Options.Create(new LifecycleOptions { StateDirectory = Place.State }), TimeProvider.System);

    [TearDown]
    public async Task CloseAsync()
    {
        if (_reader is not null) await _reader.DisposeAsync();
    }

    /// <summary>Twice 26: an update that is confirmed, and one that is taken back.</summary>
    [TestCase(false), TestCase(true), CancelAfter(2 * Limit)]
    public async Task A_security_update_is_never_left_half_done_by_a_process_that_is_killed(bool isBroken, CancellationToken cancellationToken)
    {
        await MakeTemplateAsync(isBroken);
        var (random, seen, found) = (new Random(Seed), new SortedDictionary<string, int>(), new SortedDictionary<string, int>());
        var (moments, kills, cutOff) = (isBroken ? Moments.Concat(MomentsOfRollback).ToArray() : Moments, 0, 0);
        while (kills < Kills)
        {
            BeginAnew();
            for (var row = 0; row < KillsInARow && kills < Kills && !IsSettled(); row++)
            {
                var (name, isReached) = moments[kills++ % moments.Length];
                using var worker = ChildHost.Run(BuiltFixtures.ChildInstaller, Place, "update");
                var when = Reaches(() => isReached(this), worker, cancellationToken) ? name : "settled";
                // Every other time at once, otherwise somewhere after it.
                for (var (since, pause) = (Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(Math.Max(0, (random.NextDouble() * 10) - 5))); Stopwatch.GetElapsedTime(since) < pause;) Thread.SpinWait(50);
                await worker.KillAsync();
                seen[when] = seen.GetValueOrDefault(when) + 1;
                if (File.Exists(Intent)) cutOff++;
                await AgreesAsync($"kill {kills} of seed {Seed} was at '{when}'", byOperator: kills % 3 == 0, cancellationToken);
            }

            var end = await EndsAsync($"it was killed {kills} times with seed {Seed}", cancellationToken);
            found[end] = found.GetValueOrDefault(end) + 1;
        }

        TestContext.Out.WriteLine($"{kills} kills: {string.Join(", ", seen.Select(static s => $"{s.Value} at {s.Key}"))}; ends: {string.Join(", ", found.Select(static f => $"{f.Value} times {f.Key}"))}; {cutOff} changes were cut off.");
        seen.Keys.Should().Contain(["examining", "written down", "on trial"]);
        if (isBroken) found.Keys.Should().Equal(Old);
        else found.Keys.Should().Contain(New);
        await using var host = await StartUpdatingAsync();
        if (host.Find(Plugin)!.State == PluginState.Quarantined) await host.Plugins.RetryAsync(Plugin, cancellationToken);
        (await host.AskAsync(Plugin)).Should().Be(Line().Version);
    }

    private static readonly (string Name, Func<KilledUpdateTests, bool> IsReached)[] Moments =
    [
        ("examining", static t => t.Examined().Length > 0), ("making ready", static t => t.MadeReady().Length > 0), ("written down", static t => t.Pending() is not null), ("intended", static t => File.Exists(t.Intent)), ("taken away", static t => t.IsKept()), ("locked", static t => t.Line().Version == New),
        ("in place", static t => t.Lies(New)), ("on trial", static t => t.Pending() is { Trials: > 0 }), ("ended", static t => t.Lies(New) && t.Pending() is null),
    ];

    private static readonly (string Name, Func<KilledUpdateTests, bool> IsReached)[] MomentsOfRollback =
    [
        ("in trouble", static t => t.Pending() is { Trouble: not null }), ("rollback intended", static t => t.Pending() is { Trouble: not null } && File.Exists(t.Intent)),
        ("put back", static t => t.Pending() is { Trouble: not null } && t.Lies(Old)), ("rolled back", static t => t.IsRolledBack()),
    ];

    /// <summary>After a kill: whatever can be read is whole, and there is a way back from a trial.</summary>
    private async Task AgreesAsync(string because, bool byOperator, CancellationToken cancellationToken)
    {
        var pending = Pending();
        var wasCutOff = File.Exists(Intent);
        // Otherwise the next worker is the one that completes it.
        if (wasCutOff && !byOperator) return;
        (await _reader!.VerifyAsync(cancellationToken)).Should().BeEmpty(because);
        var locked = Line();
        locked.Version.Should().BeOneOf([Old, New], because);
        if (pending is { Trouble: null } && locked.Hash == pending.To.Hash) Directory.Exists(Path.Combine(pending.Kept, Plugin)).Should().BeTrue("{0}, and the version before must be there to be put back", because);
    }

    /// <summary>Lets a worker go on until nothing is under way, and ends it in order.</summary>
    /// <returns>The version that is installed then.</returns>
    private async Task<string> EndsAsync(string because, CancellationToken cancellationToken)
    {
        using (var worker = ChildHost.Run(BuiltFixtures.ChildInstaller, Place, "update"))
        {
            await worker.ReadyAsync();
            await Eventually.TrueAsync(() => IsSettled() && !IsKept() && KeptFolders().Length == 0, $"nothing is under way or kept, though {because}", () => $"{string.Join(' ', KeptFolders())} {worker.Log}");
            (await worker.StopAsync()).Should().Be(0, because);
        }

        await AgreesAsync(because, byOperator: true, cancellationToken);
        foreach (var area in (string[])["incoming", "leaving"]) In(Plugins.PathOf(".cloudsage", area)).Should().BeEmpty(because);
        In(Path.Combine(Place.Root, "tmp")).Where(static p => Path.GetFileName(p).StartsWith("security", StringComparison.Ordinal)).Should().BeEmpty(because);
        Examined().Should().HaveCountLessThan(2, "the next look removes what the one before left, though {0}", because);
        return Line().Version;
    }

    /// <summary>Nothing is under way, and there is nothing more to do.</summary>
    private bool IsSettled() => Pending() is null && !File.Exists(Intent) && (Line().Version == New || IsRolledBack());

    private UpdateRecord? Pending() => Memory.Read().Pending.GetValueOrDefault(Plugin);

    private bool IsRolledBack() => Memory.Read().RolledBack.Any(static r => r.Version == New);

    /// <summary>The plugin's line in the lock file, read as fast as can be.</summary>
    private LockedPlugin Line() => (_reader ??= Registrar()).Read().Plugins[Plugin];

    private string[] KeptFolders() => In(Kept);

    private string[] MadeReady() => In(Plugins.PathOf(".cloudsage", "incoming"));

    /// <summary>What versions are looked at in.</summary>
    private string[] Examined()
        => Directory.Exists(Looking) ? Directory.GetDirectories(Looking) : [];

    private static string[] In(string folder) => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder) : [];

    private bool IsKept() => KeptFolders().Any(f => Directory.Exists(Path.Combine(f, Plugin)));

    private bool Lies(string version)
    {
        try
        {
            return File.ReadAllText(Plugins.PathOf(Plugin, "manifest.yaml")).Contains($"version: {version}", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            // It is being exchanged.
            return false;
        }
    }

    /// <summary>Whether a moment comes before everything is over. A step takes less than a millisecond: no timer is fast enough, and some moments are missed.</summary>
    private bool Reaches(Func<bool> moment, ChildHost worker, CancellationToken cancellationToken)
    {
        for (var (since, turn) = (Stopwatch.GetTimestamp(), 0); !moment(); Thread.Yield(), turn++)
        {
            if (turn % 256 == 0 && IsSettled()) return false;
            cancellationToken.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(since) > Eventually.Deadline) throw new AssertionException($"The worker comes to no end: {worker.Log}");
        }

        return true;
    }

    private async Task MakeTemplateAsync(bool isBroken)
    {
        foreach (var version in (string[])[Old, New])
        {
            var code = isBroken && version == New ? new PluginSource(Plugin) { Start = """throw new InvalidOperationException("broken");""" } : null;
            Put(new MadePackage("Made.Part") { Version = version, IsPlugin = false, Type = "Dependency" });
            Put(new MadePackage("Made.Sample") { Version = version, ManifestVersion = version, Code = code, Dependencies = [("Made.Part", $"[{version}]")] });
        }

        Publish("GHSA-part", "Made.Part", New);
        await RegisterAsync("Made.Sample", Old, "[1.0,2.0)");
        Copy(Plugins.Path, Path.Combine(Template, "plugins"));
        Copy(Place.State, Path.Combine(Template, "state"));
    }

    /// <summary>The vulnerable version is registered, and nothing was ever tried.</summary>
    private void BeginAnew()
    {
        foreach (var name in (string[])["plugins", "state"])
        {
            Directory.Delete(Path.Combine(Place.Root, name), recursive: true);
            Copy(Path.Combine(Template, name), Path.Combine(Place.Root, name));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }
}
