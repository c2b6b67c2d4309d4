using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Runner.Admission;
using CloudSage.PluginHost.Runner.Caching;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins;
using CloudSage.Plugins.Permissions;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Runner;

internal sealed class PluginScanCheckTests
{
    private const string Network = "public static class N { public static object M() => System.Net.Dns.GetHostName(); }";
    private const string Writes = "public static class W { public static void M() => System.IO.File.WriteAllText(\"x\", \"y\"); }";

    [Test]
    public async Task An_undeclared_use_is_refused_with_what_where_and_the_line_to_add()
    {
        using var plugin = new TempFolder();
        plugin.Write("plugin.dll", Compiled(Network));

        var finding = (await CheckAsync(plugin, Manifest())).Should().ContainSingle().Subject;
        finding.Code.Should().Be("CSG2510");
        finding.Severity.Should().Be(FindingSeverity.Error);
        finding.Message.Should().Contain("'plugin.dll'").And.Contain("System.Net.Dns.GetHostName (first in N.M)").And.Contain("1 place");
        finding.Remedy.Should().Contain("UseNetwork").And.Contain("network.allowed_hosts");
        finding.Location.Should().Be(new FindingLocation("plugin.dll"));
    }

    [Test]
    public async Task What_is_declared_must_be_granted_too()
    {
        using var plugin = new TempFolder();
        plugin.Write("plugin.dll", Compiled(Network));
        var manifest = Manifest() with { Permissions = [new ManifestPermission(PluginPermissions.UseNetwork)] };

        (await CheckAsync(plugin, manifest)).Should().ContainSingle().Which.Should().Match<Finding>(static f => f.Code == "CSG2501" && f.Remedy.Contains("Grants:scanned"));
        (await CheckAsync(plugin, manifest, PluginPermissions.UseNetwork)).Should().BeEmpty();
    }

    [Test]
    public async Task Hosts_and_paths_in_the_manifest_ask_for_what_they_need()
    {
        using var plugin = new TempFolder();
        plugin.Write("plugin.dll", Compiled(Network));
        plugin.Write("writer.dll", Compiled(Writes, "writer"));
        const string Hosts = "network: { allowed_hosts: [example.org] }\n";
        string[] granted = [PluginPermissions.UseNetwork, PluginPermissions.WriteFiles];

        (await CheckAsync(plugin, Written(Hosts + "filesystem: [{ path: out, access: write }]\n"), granted)).Should().BeEmpty();
        (await CheckAsync(plugin, Written(Hosts + "filesystem: [out]\n"), granted)).Should().ContainSingle().Which.Code.Should().Be("CSG2512");
    }

    [Test]
    public async Task Every_file_with_code_is_looked_into_whatever_it_is_called()
    {
        using var plugin = new TempFolder();
        plugin.Write("plugin.dll", Compiled(TestAssembly.ScannerSource));
        plugin.Write("deep/er/picture.png", Compiled(Writes, "hidden"));
        plugin.Write("runtimes/linux-x64/native/lib.so", [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]);
        plugin.Write("notes.txt", "Programs begin with MZ; this is none.");

        (await CheckAsync(plugin, Manifest())).Select(static f => (f.Code, f.Location!.File))
            .Should().BeEquivalentTo([("CSG2512", "deep/er/picture.png"), ("CSG2519", "runtimes/linux-x64/native/lib.so")]);
    }

    [Test]
    public async Task A_copy_of_what_the_host_shares_is_not_judged_unless_it_is_what_the_plugin_starts_with()
    {
        using var plugin = new TempFolder();
        plugin.Write("Shared.Contract.dll", Compiled(Writes, "Shared.Contract"));

        (await CheckAsync(plugin, Manifest())).Should().BeEmpty();
        (await CheckAsync(plugin, Manifest() with { EntryPoint = "Shared.Contract.dll" })).Should().ContainSingle().Which.Code.Should().Be("CSG2512");
    }

    [Test, Description("Bad input 11")]
    public async Task A_crafted_file_refuses_the_plugin()
    {
        using var plugin = new TempFolder();
        plugin.Write("plugin.dll", CraftedFile.Build(CraftedFile.Trick.SignatureOfManyArrays));

        (await CheckAsync(plugin, Manifest())).Should().ContainSingle().Which.Should().Match<Finding>(static f => f.Code == "CSG2502" && f.Severity == FindingSeverity.Error);
    }

    [Test]
    public async Task Without_a_scanner_no_plugin_is_let_in()
    {
        using var plugin = new TempFolder();
        plugin.Write("plugin.dll", Compiled(TestAssembly.ScannerSource));
        plugin.Write("other.dll", Compiled(TestAssembly.ScannerSource, "other"));
        await using var none = new WarmScanner(static () => throw new InvalidOperationException(), static () => "There is no 'dotnet'.", static () => Scan.Limits, TimeProvider.System, NullLogger<WarmScanner>.Instance);

        (await CheckAsync(plugin, Manifest(), none)).Should().ContainSingle().Which.Code.Should().Be("CSG2505");
    }

    [Test]
    public async Task A_file_that_was_scanned_is_not_scanned_again_for_another_manifest()
    {
        using var plugin = new TempFolder();
        using var cache = new TempFolder();
        plugin.Write("plugin.dll", Compiled(Network));
        await using var scanner = Scan.Child();
        await CheckAsync(plugin, Manifest(), scanner, cache);
        await using var none = new WarmScanner(static () => throw new InvalidOperationException(), static () => "none", static () => Scan.Limits, TimeProvider.System, NullLogger<WarmScanner>.Instance);

        (await CheckAsync(plugin, Manifest(), none, cache)).Should().ContainSingle().Which.Code.Should().Be("CSG2510");
        (await CheckAsync(plugin, Written("network: { allowed_hosts: [example.org] }\n"), none, cache, PluginPermissions.UseNetwork)).Should().BeEmpty("the decision is not remembered");
    }

    [Test]
    public async Task Plugins_in_other_languages_are_not_looked_into()
    {
        using var plugin = new TempFolder();
        plugin.Write("helper.dll", Compiled(Network));

        (await CheckAsync(plugin, Manifest() with { Language = "python" })).Should().BeEmpty();
    }

    [TestCase("AwsCurAdapter"), TestCase("ConsoleNotifier"), TestCase("CostAnomalyDetector"), TestCase("Ec2Rightsizer"), TestCase("FocusAdapter"), TestCase("ReservationPlanner"), TestCase("TerraformExporter")]
    public async Task Samples_declare_what_they_use_and_nothing_else(string name)
    {
        var folder = SamplePluginsTests.Output(name);
        var manifest = new PluginHost.Manifests.Reading.ManifestReader().Read(await File.ReadAllBytesAsync(Path.Combine(folder, "manifest.yaml")), "manifest.yaml").Value!;
        string[] asked = [.. manifest.Permissions.Select(static p => p.Name)];
        await using var scanner = Scan.Child();

        (await CheckAsync(folder, manifest, scanner, null, asked)).Should().BeEmpty();
        manifest.Permissions.Should().NotContain(static p => p.Reason == null);
        foreach (var permission in manifest.Permissions.Where(static p => p.Name is not (PluginPermissions.ReadCostData or PluginPermissions.ReadInstanceMetrics)))
            (await CheckAsync(folder, manifest with { Permissions = [.. manifest.Permissions.Except([permission])] }, scanner, null, asked)).Should().NotBeEmpty("{0} is declared", permission.Name);
    }

    private static byte[] Compiled(string source, string name = "plugin") => new TestAssembly(name) { Source = source }.Build();

    private static PluginManifest Manifest() => new() { Name = "scanned", Version = "1.0.0", Type = PluginType.Integration, System = "test", EntryPoint = "plugin.dll", Language = "dotnet" };

    private static PluginManifest Written(string keys) => new PluginHost.Manifests.Reading.ManifestReader().Read(
        System.Text.Encoding.UTF8.GetBytes("name: scanned\nversion: 1.0.0\ntype: integration\nsystem: test\nentry_point: plugin.dll\n" + keys), "manifest.yaml").Value!;

    private static async Task<IReadOnlyList<Finding>> CheckAsync(TempFolder plugin, PluginManifest manifest, params string[] granted)
    {
        await using var scanner = Scan.Child();
        return await CheckAsync(plugin.Path, manifest, scanner, null, granted);
    }

    private static Task<IReadOnlyList<Finding>> CheckAsync(TempFolder plugin, PluginManifest manifest, WarmScanner scanner, TempFolder? cache = null, params string[] granted)
        => CheckAsync(plugin.Path, manifest, scanner, cache, granted);

    private static async Task<IReadOnlyList<Finding>> CheckAsync(string folder, PluginManifest manifest, WarmScanner scanner, TempFolder? cache, string[] granted)
    {
        var verdicts = new VerdictCache(cache?.Path ?? Path.GetTempPath(), cache is null ? 0 : 100, NullLogger<VerdictCache>.Instance);
        var check = new PluginScanCheck(new FileScan(scanner, verdicts), new SharedNames(["Shared.Contract"]));
        return await check.CheckAsync(new PluginCheckSubject(manifest, folder, "hash", folder) { IsGranted = p => granted.Contains(p) }, CancellationToken.None);
    }
}
