using CloudSage.PluginHost.Manifests.Reading;

namespace CloudSage.UnitTests.Samples;

/// <summary>What plugin authors copy must be right: each sample's manifest is valid, and its output folder is a plugin as it stands.</summary>
public sealed class SamplePluginsTests
{
    // These are referenced by this project, so they are built in the same configuration.
    private static readonly string[] Built = ["AwsCurAdapter", "FocusAdapter", "ReservationPlanner"];

    [TestCaseSource(nameof(Manifests))]
    public void A_manifest_has_nothing_to_mend(string path)
    {
        var result = new ManifestReader().Read(File.ReadAllBytes(path), "manifest.yaml");

        result.Findings.Should().BeEmpty();
        result.Value!.EntryPoint.Should().Be($"{new DirectoryInfo(Path.GetDirectoryName(path)!).Name}.dll");
    }

    [TestCaseSource(nameof(Built))]
    public void An_output_folder_is_a_plugin_with_its_own_packages_and_without_the_contract(string name)
    {
        var files = Directory.GetFiles(Output(name)).Select(Path.GetFileName).ToArray();

        files.Should().Contain([$"{name}.dll", $"{name}.deps.json", "manifest.yaml"]);
        files.Should().NotContain(file => file!.StartsWith("CloudSage.Plugins", StringComparison.Ordinal) || file.StartsWith("Microsoft.", StringComparison.Ordinal));
        if (name.EndsWith("Adapter", StringComparison.Ordinal)) files.Should().Contain(["BillingFiles.dll", "Sylvan.Data.Csv.dll"]);
    }

    private static string[] Manifests() => [.. Directory.GetDirectories(SampleFiles.Folder).Select(folder => Path.Combine(folder, "manifest.yaml"))
        .Where(path => File.Exists(path) && File.ReadAllText(path).Contains(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The same place below the sample as this assembly's below this project, such as bin/Debug/net10.0.</summary>
    internal static string Output(string name)
    {
        var here = AppContext.BaseDirectory;
        var bin = here.LastIndexOf($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        return Path.Combine(SampleFiles.Folder, name, here[(bin + 1)..]);
    }
}
