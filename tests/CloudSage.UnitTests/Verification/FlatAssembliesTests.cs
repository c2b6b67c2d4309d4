using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Verification;

namespace CloudSage.UnitTests.Verification;

public sealed class FlatAssembliesTests
{
    [Test]
    public void A_lone_assembly_has_none_beside_it()
        => Of("Plugin.dll", "Plugin.dll", "Plugin.deps.json", "Plugin.pdb", "manifest.yaml").Should().BeEmpty();

    [Test]
    public void Assemblies_beside_the_entry_are_named_and_data_may_lie_anywhere()
        => Of("Plugin.dll", "Part.dll", "Plugin.dll", "data/prices.csv", "manifest.yaml").Should().Equal("Part");

    [TestCase("runtimes/linux-x64/native/libpart.so")]
    [TestCase("runtimes/win/lib/net10.0/Part.dll")]
    [TestCase("de/Plugin.resources.dll")]
    [TestCase("libpart.so")]
    [TestCase("libpart.so.1")]
    [TestCase("libpart.dylib")]
    [TestCase("tool")]
    [TestCase("Tool.exe")]
    [TestCase("PART.DLL")]
    public void Where_more_must_be_known_to_find_a_library_nothing_is_answered(string file)
        => Of("Plugin.dll", "Plugin.dll", file).Should().BeNull();

    [Test]
    public void An_entry_in_a_folder_is_not_flat() => Of("bin/Plugin.dll", "bin/Plugin.dll").Should().BeNull();

    [Test]
    public void Names_that_differ_in_case_alone_are_not_told_apart_here() => Of("Plugin.dll", "Part.dll", "Plugin.dll", "part.dll").Should().BeNull();

    private static IReadOnlyList<string>? Of(string entry, params string[] files)
        => FlatAssemblies.Of(new StagedPlugin("hash", "/store/hash", [.. files.Select(static f => new StagedFile(f, 1, "sum"))]), entry);
}
