using System.Text;

namespace CloudSage.IntegrationTests.Watching;

/// <summary>A single DLL dropped into the plugins folder, with its manifest inside or beside it.</summary>
internal sealed class BareAssemblyTests : HostTests
{
    private const string Name = "bare";

    [Test]
    public async Task A_DLL_with_an_embedded_manifest_is_added_upgraded_and_removed()
    {
        await using var host = await StartAsync();

        Plugins.AddLoose("bare.dll", Embedded("1.0.0"));
        await host.HappensAsync(PluginEventKind.Added, Name, "1.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.AddLoose("bare.dll", Embedded("2.0.0"));
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("2.0.0");

        await File.WriteAllBytesAsync(Plugins.PathOf("bare.dll"), Embedded("3.0.0"));
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "3.0.0");
        (await host.AskAsync(Name)).Should().Be("3.0.0");

        File.Delete(Plugins.PathOf("bare.dll"));
        await host.HappensAsync(PluginEventKind.Removed, Name, "3.0.0");
    }

    [Test]
    public async Task A_DLL_with_a_manifest_beside_it_is_added_whichever_comes_first_and_upgraded_by_either()
    {
        var one = new PluginSource(Name).Build();
        var two = new PluginSource(Name) { Version = "2.0.0" }.Build();
        await using var host = await StartAsync(static o => o.Discovery.IncompleteGrace = TimeSpan.FromMinutes(10));

        Plugins.AddLoose("bare.dll", one["bare.dll"]);
        await host.BecomesAsync(Name, PluginState.Discovered);
        Plugins.AddLoose("bare.manifest.yaml", one[PluginFiles.Manifest]);
        await host.HappensAsync(PluginEventKind.Added, Name, "1.0.0");

        Plugins.AddLoose("bare.manifest.yaml", two[PluginFiles.Manifest]);
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0", "only the manifest changed");

        Plugins.AddLoose("bare.dll", two["bare.dll"]);
        await Eventually.TrueAsync(() => host.Count(PluginEventKind.Upgraded, Name) == 2, "the DLL's change is an upgrade", host.Describe);
        (await host.AskAsync(Name)).Should().Be("2.0.0");
        host.Count(PluginEventKind.Rejected).Should().Be(0);
    }

    [Test]
    public async Task A_DLL_without_any_manifest_is_refused_and_says_what_to_add()
    {
        await using var host = await StartAsync();

        Plugins.AddLoose("bare.dll", new PluginSource(Name).Build()["bare.dll"]);

        var status = await host.BecomesAsync(Name, PluginState.Rejected);
        status.Findings.Should().ContainSingle(static f => f.Code == "CSG1010").Which.Remedy.Should().Contain("bare.manifest.yaml");
    }

    [Test]
    public async Task A_folder_without_a_manifest_is_refused()
    {
        Plugins.Add(new PluginSource(Name).Build().Without(PluginFiles.Manifest));
        await using var host = await StartAsync();

        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle(static f => f.Code == "CSG1009");
    }

    [Test]
    public async Task An_assembly_name_beyond_ASCII_is_as_good_as_any()
    {
        Plugins.Add(new PluginSource(Name) { AssemblyName = "Größe-成本" });
        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    private static byte[] Embedded(string version)
    {
        var source = new PluginSource(Name) { Version = version };
        return (source with { Resources = new Dictionary<string, byte[]> { ["manifest.yaml"] = Encoding.UTF8.GetBytes(source.ManifestText) } }).Build()["bare.dll"];
    }
}
