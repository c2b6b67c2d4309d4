using System.Diagnostics;
using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PackageTests.Installing;

/// <summary>
/// An operator's process is killed at every step of installing, updating and removing, again and again: the next one finds folder, lock file and cache in
/// agreement, and installs.
/// </summary>
internal sealed class KillTests : PackageTests
{
    private const int Kills = 50;
    private const int HostEvery = 10;
    private const int Seed = 20_600;
    private const string Id = "Made.Killed";
    private const string Name = "made-killed";

    private static readonly string[] Versions = ["1.0.0", "2.0.0"];

    private static readonly string[] InstallSteps =
    [
        .. Enum.GetNames<PackageStep>(), .. Enum.GetNames<RegistrationStep>().Except(["Scan", "Advisories", "Checks"]), "commit", "commit", "commit", "done",
    ];

    private static readonly string[] RemoveSteps = ["remove", "remove", "remove", "done"];

    /// <summary>Twice 50: from a folder and over HTTP.</summary>
    [TestCase(false), TestCase(true), CancelAfter(2 * Limit), Description("Bad input 64")]
    public async Task Nothing_is_half_installed_by_a_process_that_is_killed(bool isWeb, CancellationToken cancellationToken)
    {
        await using var web = isWeb ? new V3Feed() : null;
        Offer(web);
        var hashes = new Dictionary<string, string>();
        foreach (var version in Versions) hashes[version] = await RegisterAsync(version, cancellationToken);

        var random = new Random(Seed);
        var (found, completed) = (new Dictionary<string, int>(), 0);
        for (var i = 0; i < Kills; i++)
        {
            // In turn: an update, a removal, an installation where nothing was; of each one step after the other.
            var (kind, round, version) = (i % 3, i / 3, Versions[i % 2]);
            if (kind == 2) await RemoveAsync(cancellationToken);
            var act = kind == 1 ? "-" + Name : $"{Id}@{version}";
            var steps = kind == 1 ? RemoveSteps : InstallSteps;
            var step = steps[round % steps.Length];
            using (var installer = ChildHost.Run(BuiltFixtures.ChildInstaller, Place, act, kind == 1 ? $"{Id}@{version}" : "-" + Name))
            {
                await installer.ReadToAsync(step);
                // Somewhere after it.
                for (var (since, pause) = (Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(random.NextDouble() * 5)); Stopwatch.GetElapsedTime(since) < pause;) Thread.SpinWait(50);
                await installer.KillAsync();
            }

            if (File.Exists(Plugins.PathOf(".cloudsage", "transaction.json"))) completed++;
            var state = await StateAsync(i % HostEvery == 0, hashes, $"kill {i} of seed {Seed} was after '{step}' of {act}", cancellationToken);
            found[state] = found.GetValueOrDefault(state) + 1;

            // With whatever the cache holds now.
            (await RegisterAsync(version, cancellationToken)).Should().Be(hashes[version], "what the killed process left in the cache is no part of it");
        }

        TestContext.Out.WriteLine($"{Kills} kills: {string.Join(", ", found.Select(static f => $"{f.Key} {f.Value} times"))}; {completed} changes were cut off and completed.");
        found.Keys.Should().BeEquivalentTo(["nothing", .. hashes.Keys], "some kills came before and some after a change");
    }

    /// <summary>What the next process finds: the version that is installed, whole.</summary>
    private async Task<string> StateAsync(bool byHost, Dictionary<string, string> hashes, string because, CancellationToken cancellationToken)
    {
        await using var registrar = Registrar();
        if (byHost)
        {
            await using var host = await StartAsync();
            if (registrar.Read().Plugins.GetValueOrDefault(Name) is { } serving) (await host.AskAsync(Name)).Should().Be(serving.Version, because);
            else host.Find(Name).Should().BeNull(because);
        }

        (await registrar.VerifyAsync(cancellationToken)).Should().BeEmpty(because);
        var locked = registrar.Read().Plugins.GetValueOrDefault(Name);
        string[] folder = locked is null ? [] : [Name];
        Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName)
            .Should().BeEquivalentTo([".cloudsage", PluginLock.FileName, $".{PluginLock.FileName}.lock", .. folder], because);
        foreach (var area in (string[])["incoming", "leaving"]) Directory.EnumerateFileSystemEntries(Plugins.PathOf(".cloudsage", area)).Should().BeEmpty(because);
        Directory.EnumerateFiles(Path.Combine(Place.Root, "tmp"), "*.nupkg").Should().BeEmpty(because);
        if (locked is null) return "nothing";
        locked.Hash.Should().Be(hashes[locked.Version], because);
        locked.Origin.Should().Be($"nuget:{Id}/{locked.Version}", because);
        return locked.Version;
    }

    private async Task<string> RegisterAsync(string version, CancellationToken cancellationToken)
    {
        var plan = await ResolveAsync(Id, version);
        plan.IsReady.Should().BeTrue("{0}", string.Join(Environment.NewLine, plan.Findings));
        using var prepared = (await Packages.PrepareAsync(plan, Plugins.Path, cancellationToken)).Plugin!;
        await using var registrar = Registrar();
        await using var pending = await registrar.PrepareAsync(prepared.Folder, null, cancellationToken);
        pending.Commit([], new PluginOrigin($"nuget:{Id}/{version}")).Should().BeEmpty();
        Directory.Exists(prepared.Folder).Should().BeFalse("it was moved, not copied");
        return pending.Report.Hash!;
    }

    private PluginRegistrar Registrar() => new(new PluginRegistrarOptions(Plugins.Path, Place.State), TimeProvider.System);

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        await using var registrar = Registrar();
        (await registrar.UnregisterAsync(Name, cancellationToken)).Should().BeEmpty();
    }

    private void Offer(V3Feed? web)
    {
        // Large enough that a kill comes in the midst of copying.
        var noise = new byte[1 << 20];
        new Random(Seed).NextBytes(noise);
        MadePackage[] packages =
        [
            new("Made.Part") { IsPlugin = false, Type = "Dependency" },
            .. Versions.Select(v => new MadePackage(Id)
            {
                Version = v, ManifestVersion = v, Dependencies = [("Made.Part", "1.0.0")], Files = new Dictionary<string, byte[]> { ["lib/net10.0/noise.bin"] = noise },
            }),
        ];
        if (web is not null) NuGetFiles.Write(Place.Root, web.Index);
        foreach (var package in packages)
        {
            if (web is null) Put(package);
            else web.Offer(package.Id, package.Version, package.Build());
        }
    }
}
