using CloudSage.UnitTests.Staging.Archives;

namespace CloudSage.UnitTests.Staging;

/// <summary>What the host makes of a package on its own.</summary>
internal sealed class SelfContainedPackageTests : StagedArchiveFixture
{
    private const string Contract = """<group targetFramework="net10.0"><dependency id="cloudsage.plugins.abstractions" version="1.0.0" /></group>""";

    private static byte[] Bytes(string dependencies, params string[] files) => Package.Of(dependencies, files).ToBytes();

    [Test]
    public async Task The_best_libraries_and_the_manifest_are_the_plugin()
        => (await FilesOfAsync("a.nupkg", Bytes(
                Contract, "lib/net8.0/Packed.dll", "lib/net10.0/Packed.dll", "lib/net10.0/de/Packed.resources.dll", "lib/net99.0/Packed.dll", "lib/netstandard2.0/Packed.dll",
                "lib/net10.0-windows7.0/Packed.dll", "README.md", "content/x.txt", ".signature.p7s")))
            .Should().Equal("Packed.dll", "de/Packed.resources.dll", "manifest.yaml");

    [TestCase("net10.0", "net9.0", "lib/net10.0/X.dll")]
    [TestCase("netstandard2.1", "net5.0", "lib/net5.0/X.dll")]
    [TestCase("netstandard2.1", "netstandard2.0", "lib/netstandard2.1/X.dll")]
    [TestCase("netcoreapp3.1", "netstandard2.1", "lib/netcoreapp3.1/X.dll")]
    [TestCase("net472", "netstandard2.0", "lib/netstandard2.0/X.dll")]
    public async Task The_newest_framework_that_the_host_has_is_taken(string one, string other, string expected)
    {
        var staged = await StageAsync("a.nupkg", Bytes("", $"lib/{one}/X.dll", $"lib/{other}/X.dll"));

        (await File.ReadAllTextAsync(Path.Combine(staged.Value!.Directory, "X.dll"))).Should().Be(expected);
    }

    [Test]
    public async Task Names_are_read_as_web_addresses_are()
        => (await FilesOfAsync("a.nupkg", Bytes("", "lib/net10.0/My%20Plugin.dll"))).Should().Equal("My Plugin.dll", "manifest.yaml");

    [TestCase("lib/net10.0/%2e%2e/evil.dll")]
    [TestCase("lib/net10.0/..%2fevil.dll")]
    [TestCase("content/%2e%2e%2fevil.txt")]
    [TestCase("%2Fetc%2Fevil")]
    [TestCase("lib/net10.0/a%00.dll")]
    [TestCase("lib/net10.0/a%5c..%5cb.dll")]
    [Description("Bad input 18")]
    public async Task Names_that_lead_out_once_they_are_read_as_web_addresses(string name)
        => (await RefusesAsync("a.nupkg", Bytes("", "lib/net10.0/Packed.dll", name))).Code.Should().Be("CSG1221");

    [TestCase("""<dependency id="Newtonsoft.Json" version="13.0.1" />""", "Newtonsoft.Json")]
    [TestCase("""<group targetFramework="net8.0"><dependency id="Other" version="1.0" /></group>""", "Other")]
    public async Task Other_packages_are_not_fetched_and_the_remedy_names_who_does(string dependencies, string named)
    {
        var finding = await RefusesAsync("a.nupkg", Bytes(dependencies + Contract, "lib/net10.0/Packed.dll"));

        finding.Code.Should().Be("CSG1231");
        finding.Message.Should().Contain($"'{named}'").And.NotContainEquivalentOf("abstractions");
        finding.Remedy.Should().Contain("CloudSage.PluginHost.NuGet");
    }

    [TestCase("lib/net99.0/Packed.dll")]
    [TestCase("lib/net48/Packed.dll")]
    [TestCase("tools/Packed.dll")]
    public async Task Without_libraries_for_the_host(string file)
        => (await RefusesAsync("a.nupkg", Bytes("", file))).Message.Should().Contain("no folder below lib for .NET");

    [Test]
    public async Task With_files_for_single_platforms()
        => (await RefusesAsync("a.nupkg", Bytes("", "lib/net10.0/Packed.dll", "runtimes/linux-x64/native/x.so"))).Message.Should().Contain("'runtimes/linux-x64/native/x.so'");

    [TestCase("not XML")]
    [TestCase("<package/>")]
    [TestCase("""<!DOCTYPE p [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><package><metadata>&b;</metadata></package>""")]
    [TestCase("""<!DOCTYPE p SYSTEM "file:///etc/passwd"><package><metadata/></package>""")]
    public async Task A_specification_that_cannot_be_read(string specification)
        => (await RefusesAsync("a.nupkg", new CraftedArchive().Add("a.nuspec", specification).Add("lib/net10.0/A.dll").ToBytes())).Code.Should().Be("CSG1230");

    [Test]
    public async Task A_manifest_that_is_packed_beside_the_libraries_too_is_that_at_the_top()
    {
        var staged = await StageAsync("a.nupkg", Bytes("", "lib/net10.0/Packed.dll", "lib/net10.0/manifest.yaml"));

        (await File.ReadAllTextAsync(Path.Combine(staged.Value!.Directory, "manifest.yaml"))).Should().Be(Package.Manifest);
    }

    [TestCase("name: packed", "name: other", "'packed'")]
    [TestCase("version: 1.0.0", "version: 1.0.1", "1.0.1")]
    [Description("Bad input 58")]
    public async Task A_manifest_of_another_name_or_version_than_the_package(string was, string becomes, string told)
    {
        var archive = new CraftedArchive().Add("a.nuspec", Package.Specification("")).Add("lib/net10.0/Packed.dll")
            .Add("manifest.yaml", Package.Manifest.Replace(was, becomes, StringComparison.Ordinal));

        var finding = await RefusesAsync("a.nupkg", archive.ToBytes());

        finding.Code.Should().Be("CSG1232");
        finding.ToString().Should().Contain(told);
    }

    [Test]
    public async Task Without_a_specification_or_with_two()
    {
        (await RefusesAsync("a.nupkg", new CraftedArchive().Add("lib/net10.0/A.dll").ToBytes())).Code.Should().Be("CSG1230");
        (await RefusesAsync("a.nupkg", Package.Of("", "lib/net10.0/A.dll").Add("other.nuspec", Package.Specification("")).ToBytes())).Code.Should().Be("CSG1224");
    }
}
