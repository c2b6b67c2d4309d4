using System.Text;
using CloudSage.PackageTests.Feeds;

namespace CloudSage.PackageTests.Installing;

/// <summary>Which packages are plugins, and what is refused before anything is written.</summary>
internal sealed class AdmissionTests : PackageTests
{
    private static readonly MadePackage Good = new("Made.One");

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Case(Good with { Type = "Dependency" }, "CSG2630", "a library");
        yield return Case(Good with { ManifestPath = "docs/manifest.yaml" }, "CSG2631", "no manifest");
        yield return Case(Good with { Files = Text("lib/net10.0/manifest.yaml", "name: other") }, "CSG2631", "two manifests");
        yield return Case(Good with { Name = "other" }, "CSG2632", "another plugin's name").SetDescription("Bad input 58");
        yield return Case(Good with { ManifestVersion = "1.0.1" }, "CSG2633", "another version");
        yield return Case(Good with { EntryPoint = "Absent.dll" }, "CSG2634", "no entry point");
        yield return Case(Good with { Framework = "net472" }, "CSG2624", "another framework").SetDescription("Bad input 17");
        yield return Case(Good with { Dependencies = [("Made.Absent", "[1.0,)")] }, "CSG2620", "a dependency that nobody has").SetDescription("Bad input 17");
        yield return Case(Good with { Dependencies = [("Made.Part", "[1.0]"), ("Made.Needy", "1.0")] }, "CSG2621", "dependencies that exclude each other");
        yield return Case(Good with { Dependencies = [("CloudSage.Plugins.Abstractions", "[0.0.1]")] }, "CSG2623", "a contract that the host has not any more").SetDescription("Bad input 13");
        yield return Case(Good with { Dependencies = [("CloudSage.Plugins.Abstractions", "99.0.0")] }, "CSG2622", "a contract that the host has not yet").SetDescription("Bad input 13");
    }

    [TestCaseSource(nameof(Refused)), CancelAfter(Limit)]
    public async Task A_package_is_refused_for(object package, string code)
    {
        Put((MadePackage)package);
        Put(new MadePackage("Made.Part") { IsPlugin = false, Type = "Dependency" });
        Put(new MadePackage("Made.Part") { IsPlugin = false, Type = "Dependency", Version = "2.0.0" });
        Put(new MadePackage("Made.Needy") { IsPlugin = false, Type = "Dependency", Dependencies = [("Made.Part", "2.0.0")] });

        var plan = await ResolveAsync("Made.One", "1.0.0");

        plan.IsReady.Should().BeFalse();
        plan.Findings.Should().Contain(f => f.Code == code && f.Severity == FindingSeverity.Error, "{0}", string.Join(Environment.NewLine, plan.Findings));
        (await Packages.PrepareAsync(plan, Plugins.Path, default)).Plugin.Should().BeNull();
        Directory.EnumerateFileSystemEntries(Plugins.Path).Should().BeEmpty();
    }

    [TestCase("manifest.yaml"), TestCase("lib/net10.0/manifest.yaml"), TestCase(null), CancelAfter(Limit)]
    public async Task A_manifest_is_found_at_the_root_beside_the_assembly_and_inside_it(string? path, CancellationToken cancellationToken)
    {
        Put(Good with { ManifestPath = path });

        await InstallAsync("Made.One");

        File.ReadAllText(Plugins.PathOf("made-one", "manifest.yaml")).Should().Contain("made-one");
        Directory.EnumerateFileSystemEntries(Plugins.PathOf("made-one")).Select(Path.GetFileName).Should().BeEquivalentTo("manifest.yaml", "Made.dll", "Made.deps.json");
    }

    [Test, CancelAfter(Limit)]
    public async Task The_lowest_version_that_everything_accepts_is_taken(CancellationToken cancellationToken)
    {
        foreach (var version in (string[])["1.0.0", "2.0.0", "3.0.0"])
            Put(new MadePackage("Made.Part") { IsPlugin = false, Type = "Dependency", Version = version });
        Put(new MadePackage("Made.Needy") { IsPlugin = false, Type = "Dependency", Dependencies = [("Made.Part", "2.0.0")] });
        Put(Good with { Dependencies = [("Made.Part", "1.0.0"), ("Made.Needy", "1.0.0")] });

        var plan = await ResolveAsync("Made.One");

        plan.Packages.Select(static p => $"{p.Id} {p.Version}").Should().Equal("Made.One 1.0.0", "Made.Part 2.0.0", "Made.Needy 1.0.0");
    }

    [Test, CancelAfter(Limit)]
    public async Task What_lies_beside_the_assembly_comes_along_and_content_of_projects_does_not(CancellationToken cancellationToken)
    {
        Put(Good with
        {
            Files = new Dictionary<string, byte[]>
            {
                ["lib/net10.0/templates/mail.txt"] = "hello"u8.ToArray(),
                ["lib/net10.0/Made.xml"] = "<doc/>"u8.ToArray(),
                ["contentFiles/any/any/readme.txt"] = "no"u8.ToArray(),
                ["tools/run.sh"] = "no"u8.ToArray(),
            },
        });

        var plan = await ResolveAsync("Made.One");

        plan.Packages[0].Files.Should().BeEquivalentTo("Made.dll", "templates/mail.txt");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_package_file_that_is_no_package_is_a_finding(CancellationToken cancellationToken)
    {
        File.WriteAllText(Path.Combine(Feed, "Made.One.1.0.0.nupkg"), "this is no archive");

        (await ResolveAsync("Made.One", "1.0.0")).Findings.Should().Contain(static f => f.Severity == FindingSeverity.Error);
    }

    private static TestCaseData Case(MadePackage package, string code, string name) => new TestCaseData(package, code).SetArgDisplayNames(name);

    private static Dictionary<string, byte[]> Text(string path, string text) => new() { [path] = Encoding.UTF8.GetBytes(text) };
}
