using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Discovery;

/// <summary>What a candidate lacks, as it is told to its author.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class IncompleteCandidateTests : SettlingFixture
{
    [TestCase("bad manifest", "bad", "CSG1199")]
    [TestCase("entry missing", "Other.dll", DiscoveryCodes.EntryFileMissing)]
    [TestCase("no manifest", null, DiscoveryCodes.FolderManifestMissing)]
    public void What_is_lacking_is_told_after_the_grace(string reason, string? manifest, string code)
    {
        WritePlugin(manifest ?? "x");
        if (manifest is null)
            File.Delete(_temp.File("one/manifest.yaml"));
        _time.Advance(TimeSpan.FromHours(1));

        Observe();
        var readiness = Observe();

        readiness.State.Should().Be(ReadinessState.Incomplete, reason);
        readiness.Findings.Should().ContainSingle().Which.Code.Should().Be(code);
    }

    [Test]
    public void Bare_assembly_without_any_manifest_is_told_how_to_get_one()
    {
        Write("Plugin.dll", Library);
        _time.Advance(_options.IncompleteGrace);

        var finding = Observe().Findings.Should().ContainSingle().Subject;

        finding.Code.Should().Be(DiscoveryCodes.AssemblyManifestMissing);
        finding.Remedy.Should().Contain("Plugin.manifest.yaml").And.Contain("embed");
    }

    [TestCase("")]
    [TestCase("no library at all")]
    public void Library_with_no_or_other_content_is_incomplete(string content)
    {
        WritePlugin();
        Write("one/Native.dll", content);
        _time.Advance(_options.IncompleteGrace);

        Observe();
        Observe().Should().Match<CandidateReadiness>(r => r.State == ReadinessState.Incomplete && r.Findings.Single().Location!.File == "Native.dll");
    }

    [Test]
    public void Files_that_the_dependency_file_names_are_waited_for()
    {
        WritePlugin();
        Write("one/Plugin.deps.json", """
            { "targets": { "t": { "Plugin/1": { "runtime": { "Plugin.dll": {} } }, "Shared/1": { "runtime": { "lib/Shared.Contracts.dll": {} } },
              "A/1": { "runtime": { "lib/net8.0/A.dll": {} }, "runtimeTargets": { "runtimes/linux-x64/native/liba.so": {} } } } } }
            """);
        _time.Advance(_options.IncompleteGrace);
        var finding = Observe().Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be(DiscoveryCodes.DependencyMissing);
        finding.Message.Should().Contain("'A.dll' of A/1").And.Contain("'runtimes/linux-x64/native/liba.so'").And.NotContain("Shared.Contracts");

        Write("one/A.dll", new TestAssembly("A").Build());
        Write("one/runtimes/linux-x64/native/liba.so", "x");
        _time.Advance(_options.SettleWindow);
        Observe().State.Should().Be(ReadinessState.Settled);
    }

    [Test]
    public void Half_a_dependency_file_is_incomplete_with_its_place()
    {
        WritePlugin();
        Write("one/Plugin.deps.json", "{ \"targets\":\n {");
        _time.Advance(_options.IncompleteGrace);

        var finding = Observe().Findings.Should().ContainSingle().Subject;

        finding.Code.Should().Be(DiscoveryCodes.DependencyFileDamaged);
        finding.Location!.Line.Should().Be(2);
    }
}
