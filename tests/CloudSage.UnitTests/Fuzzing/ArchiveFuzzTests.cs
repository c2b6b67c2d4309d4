using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Staging;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Staging.Archives;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Fuzzing;

/// <summary>Thousands of damaged and crafted archives through the whole way in: looked at, copied, unpacked, staged, their manifest read.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ArchiveFuzzTests
{
    private const string Manifest = "name: sample\nversion: 1.0.0\ntype: optimizer\nentry_point: sample.dll\n";

    private static readonly byte[][] Sound = [.. SoundArchives().Select(static a => a.ToBytes())];

    [TestCase(20261123, "plugin.zip", 1_000)]
    [TestCase(18192021, "plugin.nupkg", 1_000)]
    [Description("Bad inputs 18 to 21 and 24")]
    [CancelAfter(60_000)]
    public async Task Mutated_archives_are_unpacked_whole_or_refused_with_a_reason_and_leave_nothing(int seed, string name, int mutants, CancellationToken deadline)
    {
        using var run = new Run(name);
        var tally = new FuzzTally(seed);
        for (var index = 0; index < mutants; index++)
        {
            var random = tally.RandomFor(index);
            var mutant = ArchiveMutation.Of(Sound[random.Next(Sound.Length)], Sound[random.Next(Sound.Length)], random);
            try
            {
                await run.TryAsync(mutant, tally, index, deadline);
            }
            catch (Exception e) when (e is not AssertionException && !deadline.IsCancellationRequested)
            {
                // Whatever escapes is the defect that is looked for.
                Assert.Fail($"{tally.Name(index)} ({mutant.Length} bytes) was not handled: {e}");
            }
        }

        TestContext.Out.WriteLine(tally);
        tally.Of(FuzzTally.Accepted).Should().BeGreaterThan(mutants / 50, "harmless damage is none: {0}", tally);
        (mutants - tally.Of(DiscoveryCodes.ArchiveNotWhole)).Should().BeGreaterThan(mutants / 3, "a good share must get past the first look: {0}", tally);
        foreach (var code in (string[])["CSG1220", "CSG1221", "CSG1222", "CSG1223", "CSG1224", "CSG1229"])
            tally.Of(code).Should().BePositive("each kind of refusal must be met: {0}", tally);
    }

    private static IEnumerable<CraftedArchive> SoundArchives()
    {
        var noise = new byte[3_000];
        new Random(5).NextBytes(noise);
        yield return new CraftedArchive().Add("manifest.yaml", Manifest).Add("sample.dll").Add("lib/a.txt").Add("lib/b.txt");
        yield return new CraftedArchive { Comment = "a comment" }.Add("top/").Add("top/manifest.yaml", Manifest).Add(new CraftedEntry("top/sample.dll", noise) { Method = 8, Mode = 0x81ED });
        yield return new CraftedArchive().Add(new CraftedEntry("manifest.yaml", System.Text.Encoding.UTF8.GetBytes(Manifest)) { Method = 8 })
            .Add(new CraftedEntry("zeros.bin", new byte[200_000]) { Method = 8 }).Add(new CraftedEntry("noise.bin", noise));
        yield return Package.Of("", "lib/net10.0/sample.dll", "lib/net8.0/sample.dll", "lib/net10.0/de/sample.resources.dll");
    }

    /// <summary>A plugin directory and a store between things that no archive may touch.</summary>
    private sealed class Run : IDisposable
    {
        private readonly TempFolder _temp = new();
        private readonly string _name;
        private readonly FolderScanner _scanner;
        private readonly ContentStore _store;
        private readonly CompletenessCheck _check = new(new CandidateManifest(new ManifestReader()), new HashSet<string>());
        private readonly StagedManifest _manifests = new(new ManifestReader());
        private readonly CandidateStaging _staging;
        private readonly string[] _before;

        public Run(string name)
        {
            _name = name;
            _scanner = new FolderScanner(new DiscoveryOptions { Directories = { _temp.Folder("plugins") } });
            _store = ContentStore.Open(new StagingOptions { StoreDirectory = _temp.File("store") }, _scanner, NullLogger<ContentStore>.Instance).Value!;
            _staging = new CandidateStaging(_store, _scanner, new SelfContainedUnpacker(new ManifestReader(), new HashSet<string>()), []);
            _temp.Write("beside.txt", "untouched");
            _temp.Write($"plugins/{name}", "to be replaced");
            _before = Entries();
        }

        public async Task TryAsync(byte[] mutant, FuzzTally tally, int index, CancellationToken deadline)
        {
            _temp.Write($"plugins/{_name}", mutant);
            var candidate = _scanner.Scan(deadline).Candidates.Single();
            var findings = _check.Check(candidate, deadline);
            var accepted = false;
            if (findings.Count == 0)
            {
                var staged = await _staging.StageAsync(candidate, deadline);
                findings = staged.Findings;
                accepted = staged.Value is not null;
                if (staged.Value is { } plugin)
                {
                    var manifest = _manifests.Read(plugin, CandidateKind.Archive);
                    (manifest.Value is null).Should().Be(manifest.Findings.Any(static f => f.Severity == PluginHost.FindingSeverity.Error), tally.Name(index));
                    new DirectoryInfo(plugin.Directory).GetFileSystemInfos("*", SearchOption.AllDirectories).Where(static e => e.LinkTarget is not null).Should().BeEmpty(tally.Name(index));
                }
            }

            tally.Count(accepted, findings, index);
            Directory.GetFileSystemEntries(_temp.File("store/.incoming")).Should().BeEmpty("{0} must leave nothing behind", tally.Name(index));
            Entries().Should().Equal(_before, "{0} must write nothing elsewhere", tally.Name(index));
            (await File.ReadAllTextAsync(_temp.File("beside.txt"), deadline)).Should().Be("untouched", tally.Name(index));
            _store.RemoveUnused(new HashSet<string>());
        }

        public void Dispose()
        {
            _store.Dispose();
            _temp.Dispose();
        }

        /// <summary>Everything but the entries of the store.</summary>
        private string[] Entries() =>
        [
            .. Directory.EnumerateFileSystemEntries(_temp.Path)
                .Concat(Directory.EnumerateFileSystemEntries(_temp.File("plugins")))
                .Concat(Directory.EnumerateFileSystemEntries(_temp.File("store")).Where(static path => Path.GetFileName(path).Length != 64))
                .Order(StringComparer.Ordinal),
        ];
    }
}
