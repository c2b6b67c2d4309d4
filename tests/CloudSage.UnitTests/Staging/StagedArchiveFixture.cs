using CloudSage.PluginHost;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Staging;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Staging;

/// <summary>A plugin directory and a store, and nothing left in the incoming area whatever comes.</summary>
internal abstract class StagedArchiveFixture
{
    private FolderScanner _scanner = null!;
    private ContentStore _store = null!;

    protected TempFolder Temp { get; private set; } = null!;

    [SetUp]
    public void OpenStore()
    {
        Temp = new TempFolder();
        Temp.Folder("plugins");
        _scanner = new FolderScanner(new DiscoveryOptions { Directories = { Temp.File("plugins") } });
        _store = ContentStore.Open(new StagingOptions { StoreDirectory = Temp.File("store") }, _scanner, NullLogger<ContentStore>.Instance).Value!;
    }

    [TearDown]
    public void NothingIsLeftOver()
    {
        Directory.GetFileSystemEntries(Temp.File("store/.incoming")).Should().BeEmpty();
        _store.Dispose();
        Temp.Dispose();
    }

    protected PluginCandidate Candidate(string name) => _scanner.Scan(CancellationToken.None).Candidates.Single(c => Path.GetFileName(c.Path) == name);

    protected Task<StageResult<StagedPlugin>> StageAsync(PluginCandidate candidate, CancellationToken cancellationToken, params IPluginUnpacker[] unpackers)
        => new CandidateStaging(_store, _scanner, new SelfContainedUnpacker(new ManifestReader(), new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "CloudSage.Plugins.Abstractions" }), unpackers)
            .StageAsync(candidate, cancellationToken);

    protected Task<StageResult<StagedPlugin>> StageAsync(string name, byte[] archive, params IPluginUnpacker[] unpackers)
    {
        Temp.Write($"plugins/{name}", archive);
        return StageAsync(Candidate(name), CancellationToken.None, unpackers);
    }

    protected async Task<IEnumerable<string>> FilesOfAsync(string name, byte[] archive, params IPluginUnpacker[] unpackers)
    {
        var staged = await StageAsync(name, archive, unpackers);
        staged.Findings.Should().BeEmpty();
        return staged.Value!.Files.Select(static f => f.RelativePath);
    }

    /// <summary>The one finding, and no entry in the store.</summary>
    protected async Task<Finding> RefusesAsync(string name, byte[] archive, params IPluginUnpacker[] unpackers)
    {
        var staged = await StageAsync(name, archive, unpackers);
        staged.Value.Should().BeNull();
        Directory.GetDirectories(Temp.File("store")).Select(Path.GetFileName).Should().Equal(".incoming");
        return staged.Findings.Should().ContainSingle().Subject;
    }
}
