using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.NuGet;

namespace CloudSage.PackageTests.Installing;

/// <summary>Which versions and which platforms' files a plugin gets, where the operator says so.</summary>
internal sealed class SelectionTests : PackageTests
{
    [Test, CancelAfter(Limit)]
    public async Task The_highest_versions_that_everything_accepts_are_taken_where_they_are_asked_for(CancellationToken cancellationToken)
    {
        foreach (var version in (string[])["1.0.0", "2.0.0", "3.0.0", "4.0.0-beta"]) Put(Library("Made.Part") with { Version = version });
        Put(Library("Made.Free") with { Dependencies = [("Made.Part", "1.0.0")] });
        Put(Library("Made.Bound") with { Dependencies = [("Made.Part", "[1.0.0,3.0.0)")] });
        Put(new MadePackage("Made.One") { Dependencies = [("Made.Free", "1.0.0")] });
        Put(new MadePackage("Made.Two") { Dependencies = [("Made.Free", "1.0.0"), ("Made.Bound", "1.0.0")] });

        (await VersionAsync("Made.One", DependencyVersions.Lowest)).Should().Be("1.0.0");
        (await VersionAsync("Made.One", DependencyVersions.Highest)).Should().Be("3.0.0", "prereleases were not allowed");
        (await VersionAsync("Made.Two", DependencyVersions.Highest)).Should().Be("2.0.0", "one of both accepts no higher");

        async Task<string> VersionAsync(string id, DependencyVersions versions)
        {
            var plan = await Packages.ResolveAsync(new PackageRequest(id) { Dependencies = versions }, cancellationToken);
            plan.IsReady.Should().BeTrue("{0}", string.Join(" ", plan.Findings));
            return plan.Packages.Single(static p => p.Id == "Made.Part").Version;
        }
    }

    [Test, CancelAfter(Limit)]
    public async Task Libraries_of_several_platforms_are_installed_where_they_are_asked_for(CancellationToken cancellationToken)
    {
        Put(new MadePackage("Made.One")
        {
            Files = new Dictionary<string, byte[]>
            {
                ["runtimes/linux-x64/native/libpart.so"] = [1], ["runtimes/win-x64/native/part.dll"] = FixtureCompiler.Compile("part", "", new Version(1, 0)), ["runtimes/osx-arm64/native/libpart.dylib"] = [3],
            },
        });
        Configure(static o =>
        {
            o.Platforms.Add("linux-x64");
            o.Platforms.Add("win-x64");
        });

        var plan = await InstallAsync("Made.One");

        plan.Packages[0].Files.Should().BeEquivalentTo("Made.dll", "runtimes/linux-x64/native/libpart.so", "runtimes/win-x64/native/part.dll");
        foreach (var file in plan.Packages[0].Files) File.Exists(Plugins.PathOf("made-one", file.Split('/'))).Should().BeTrue(file);
        var dependencies = await File.ReadAllTextAsync(Plugins.PathOf("made-one", "Made.deps.json"), cancellationToken);
        dependencies.Should().Contain("\"rid\": \"linux-x64\"").And.Contain("\"rid\": \"win-x64\"", "the runtime chooses by it").And.NotContain("osx");
        await using var host = await StartAsync();
        (await host.AskAsync("made-one")).Should().Be("1.0.0");
    }

    private static MadePackage Library(string id) => new(id) { IsPlugin = false, Type = "Dependency" };
}
