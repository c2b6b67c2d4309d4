using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using CloudSage.UnitTests.Fixtures;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NuGet.Versioning;

namespace CloudSage.UnitTests.Verification;

/// <summary>The way of a plugin from its folder to a descriptor, with every room the real one.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IntakePathTests : IDisposable
{
    private const string Manifest = """
        name: embedded
        version: 1.2.3
        type: optimizer
        cloud: aws
        resource_types: [ec2]
        entry_point: Plugin.dll
        """;

    private readonly TempFolder _temp = new();
    private readonly ManifestReader _manifests = new();
    private readonly FolderScanner _scanner;
    private readonly SettlingRule _settling;
    private readonly ContentStore _store;
    private readonly PluginVerifier _verifier;

    public IntakePathTests()
    {
        var options = new DiscoveryOptions { Directories = { _temp.Folder("plugins") } };
        var shared = new[] { typeof(PluginContext), typeof(IServiceCollection), typeof(ILogger) }.Select(t => t.Assembly.GetName()).ToList();
        _scanner = new FolderScanner(options);
        _settling = new SettlingRule(
            options, new CompletenessCheck(new CandidateManifest(_manifests), shared.Select(n => n.Name!).ToHashSet()), new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(1)));
        _store = ContentStore.Open(new StagingOptions { StoreDirectory = _temp.File("store") }, _scanner, NullLogger<ContentStore>.Instance).Value!;
        _verifier = new PluginVerifier(["dotnet"], shared, new SemanticVersion(1, 0, 0));
    }

    public void Dispose()
    {
        _store.Dispose();
        _temp.Dispose();
    }

    private async Task<PluginDescriptor> TakeInAsync()
    {
        var readiness = _settling.Observe(_scanner.Scan(CancellationToken.None)).Should().ContainSingle().Subject;
        readiness.Findings.Should().BeEmpty();
        readiness.State.Should().Be(ReadinessState.Settled);
        var staged = (await _store.StageAsync(readiness.Candidate, CancellationToken.None)).Value!;
        var content = readiness.Candidate.Kind == CandidateKind.Folder
            ? ManifestFile.OfFolder(staged.Directory)
            : ManifestFile.OfAssembly(Path.Combine(staged.Directory, Path.GetFileName(readiness.Candidate.Path)));
        var manifest = _manifests.Read(content.Value!.Bytes, content.Value.File).Value!;
        var result = _verifier.Verify(manifest, staged, readiness.Candidate.Path);
        result.Findings.Should().BeEmpty();
        return result.Value!;
    }

    [TestCase("AwsCurAdapter")]
    [TestCase("FocusAdapter")]
    [TestCase("ReservationPlanner")]
    public async Task Output_folder_of_a_sample_is_taken_in_as_it_stands(string sample)
    {
        var output = Samples.SamplePluginsTests.Output(sample);
        foreach (var file in Directory.EnumerateFiles(output, "*", SearchOption.AllDirectories))
            _temp.Write(Path.Combine("plugins", sample, Path.GetRelativePath(output, file)), await File.ReadAllBytesAsync(file));

        var descriptor = await TakeInAsync();

        Path.GetFileName(descriptor.EntryPath).Should().Be($"{sample}.dll");
        descriptor.Directory.Should().StartWith(_temp.File("store"));
    }

    [Test]
    public async Task Bare_assembly_with_its_manifest_inside_is_taken_in()
    {
        var resource = new ResourceDescription("Plugin.manifest.yaml", static () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(Manifest)), isPublic: true);
        _temp.Write("plugins/Plugin.dll", new TestAssembly("Plugin") { Resources = [resource] }.Build());

        (await TakeInAsync()).Should().BeEquivalentTo(new { Name = "embedded", Source = _temp.File("plugins/Plugin.dll") });
    }

    [Test]
    public async Task Bare_assembly_with_its_manifest_beside_it_is_taken_in()
    {
        _temp.Write("plugins/Plugin.dll", new TestAssembly("Plugin").Build());
        _temp.Write("plugins/Plugin.manifest.yaml", Manifest);

        (await TakeInAsync()).Version.ToString().Should().Be("1.2.3");
    }

    [Test]
    public void Real_manifest_with_errors_and_none_at_all_are_told()
    {
        _temp.Write("plugins/a/manifest.yaml", "name: a");
        _temp.Write("plugins/b/B.dll", new TestAssembly("B").Build());

        _settling.Observe(_scanner.Scan(CancellationToken.None)).Should().OnlyContain(r => r.State == ReadinessState.Settling, "one look may have met a writer");
        var readiness = _settling.Observe(_scanner.Scan(CancellationToken.None));

        readiness.Should().OnlyContain(r => r.State == ReadinessState.Incomplete);
        readiness[0].Findings.Should().OnlyContain(f => f.Code.StartsWith("CSG11", StringComparison.Ordinal));
        readiness[1].Findings.Should().ContainSingle().Which.Code.Should().Be(DiscoveryCodes.FolderManifestMissing);
    }
}
