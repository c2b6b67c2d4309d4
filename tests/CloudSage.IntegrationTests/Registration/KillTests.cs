using System.Diagnostics;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>An operator's process is killed at every step of a registration, again and again: the next one finds folder and lock file in agreement.</summary>
internal sealed class KillTests : HostTests
{
    private const int Kills = 100;
    private const int Seed = 20_400;
    private const string Name = "killed";

    private static readonly string[] Steps = ["begin", .. Enum.GetNames<RegistrationStep>().Except(["Scan", "Advisories", "Checks"]), "commit", "commit", "commit", "done"];

    [Test]
    public async Task Nothing_is_half_registered_by_a_process_that_is_killed()
    {
        var versions = Enumerable.Range(1, 2).Select(v => Plugins.Prepare(new PluginSource(Name) { Version = $"{v}.0.0", Manifest = "permissions: [AlertManagement]" }.Build())).ToArray();
        await Registrars.RegisterAsync(Place, versions[0]);
        var random = new Random(Seed);
        var (found, completed) = (new Dictionary<string, int>(), 0);
        for (var i = 0; i < Kills; i++)
        {
            var step = Steps[i % Steps.Length];
            using (var operatorProcess = ChildHost.Start(Place, ["register", .. versions.Skip(1), versions[0]]))
            {
                await operatorProcess.ReadToAsync(step);
                // Somewhere after it: what follows a commit takes some milliseconds.
                for (var (since, pause) = (Stopwatch.GetTimestamp(), TimeSpan.FromMilliseconds(random.NextDouble() * 8)); Stopwatch.GetElapsedTime(since) < pause;) Thread.SpinWait(50);
                await operatorProcess.KillAsync();
            }

            if (File.Exists(Plugins.PathOf(".cloudsage", "transaction.json"))) completed++;
            (await Registrars.VerifyAsync(Place)).Should().BeEmpty("kill {0} of seed {1} was after '{2}'", i, Seed, step);
            var locked = (await Registrars.LockAsync(Place)).Plugins[Name];
            var registered = Audited().Where(static l => l.Contains("\"registered\"", StringComparison.Ordinal)).ToArray();
            registered.Should().OnlyHaveUniqueItems("nothing is told twice, after kill {0}", i);
            registered[^1].Should().Contain($"\"version\":\"{locked.Version}\"", "nothing is changed without a trace, after kill {0} of seed {1}", i, Seed);
            found[locked.Version] = found.GetValueOrDefault(locked.Version) + 1;
            Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName).Should().BeEquivalentTo(".cloudsage", Name, PluginLock.FileName, $".{PluginLock.FileName}.lock");
        }

        TestContext.Out.WriteLine($"{Kills} kills: {string.Join(", ", found.Select(static f => $"{f.Key} {f.Value} times"))}; {completed} changes were cut off and completed.");
        found.Keys.Should().BeEquivalentTo(["1.0.0", "2.0.0"], "some kills came before and some after a change");
        completed.Should().BePositive("some kills came in the middle of one");
        await using var host = await StartAsync();
        (await host.AskAsync(Name)).Should().Be((await Registrars.LockAsync(Place)).Plugins[Name].Version);
    }

    private string[] Audited() => File.ReadAllLines(Path.Combine(Place.State, "audit.jsonl"));
}
