using System.Text;

namespace CloudSage.IntegrationTests.Admission;

/// <summary>Manifests that cannot be right are refused with code, place and remedy, and harm nobody.</summary>
internal sealed class BadManifestTests : HostTests
{
    private const string Name = "bad";
    private const string Rest = "version: 1.0.0\ntype: integration\nsystem: test\nentry_point: bad.dll\n";
    private const string Head = "name: bad\n";

    private static readonly PluginFiles Good = new PluginSource(Name).Build();

    private static IEnumerable<TestCaseData> Manifests()
    {
        static TestCaseData Case(string what, string text, string code) => new TestCaseData(Encoding.UTF8.GetBytes(text), code).SetArgDisplayNames(what);
        yield return Case("no YAML", "name: [bad\nversion: }", "CSG1105");
        yield return new TestCaseData(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Head + Rest)).ToArray(), "CSG1102").SetArgDisplayNames("UTF-16");
        yield return Case("nothing", "", "CSG1104");
        yield return Case("10,000 levels", Head + Rest + "keywords: " + new string('[', 10_000) + new string(']', 10_000), "CSG1107");
        yield return Case("100 MB", Head + Rest + "description: " + new string('x', 100_000_000), "CSG1101");
        yield return Case("a key twice", Head + Head + Rest, "CSG1111");
        yield return Case("a key twice, spelt otherwise", Head + Rest + "entry-point: bad.dll\n", "CSG1111");
        yield return Case("an unknown key", Head + Rest + "permisions: []\n", "CSG1112");
        yield return Case("an unknown permission", Head + Rest + "permissions: [ReadCostDate]\n", "CSG1130");
        yield return Case("a name with a path", "name: ../bad\n" + Rest, "CSG1120");
        yield return Case("a name with NUL", "name: \"ba\\0d\"\n" + Rest, "CSG1120");
        yield return Case("a name with a homoglyph", "name: b\u0430d\n" + Rest, "CSG1120");
        yield return Case("a name of 5 kB", "name: " + new string('a', 5_000) + "\n" + Rest, "CSG1120");
        yield return Case("a device's name", "name: con\n" + Rest, "CSG1120");
        yield return Case("an absolute entry point", Head + Rest.Replace("bad.dll", "/etc/bad.dll", StringComparison.Ordinal), "CSG1123");
        yield return Case("an entry point outside", Head + Rest.Replace("bad.dll", "../neighbour/neighbour.dll", StringComparison.Ordinal), "CSG1123");
        yield return Case("version 1", Head + Rest.Replace("1.0.0", "1", StringComparison.Ordinal), "CSG1121");
        yield return Case("version 01.0.0", Head + Rest.Replace("1.0.0", "01.0.0", StringComparison.Ordinal), "CSG1121");
        yield return Case("a dependency on itself", Head + Rest + "dependencies: [{ name: bad }]\n", "CSG1133");
        yield return Case("an alias bomb", Head + Rest + "keywords: &a [*a, *a]\n", "CSG1108");
        yield return Case("a tag that names a type", Head + Rest + "description: !!System.Diagnostics.Process x\n", "CSG1109");
        yield return Case("no version", "name: bad\ntype: integration\nsystem: test\nentry_point: bad.dll\n", "CSG1114");
        yield return Case("a notifier without channels", "name: bad\nversion: 1.0.0\ntype: notifier\nentry_point: bad.dll\n", "CSG1115");
    }

    [TestCaseSource(nameof(Manifests))]
    public async Task Is_refused(byte[] manifest, string code)
    {
        Plugins.Add(Good.With(PluginFiles.Manifest, manifest));
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync();

        var status = await Eventually.FindAsync(() => host.Plugins.Plugins.FirstOrDefault(static p => p.State == PluginState.Rejected), "it is refused", host.Describe);
        status.Findings.Should().Contain(f => f.Code == code, host.Describe());
        var finding = status.Findings.First(f => f.Code == code);
        finding.Remedy.Should().NotBeEmpty();
        finding.Location!.File.Should().Be(PluginFiles.Manifest);
        if (code is not ("CSG1101" or "CSG1102" or "CSG1104")) finding.Location.Line.Should().BePositive();
        status.Name.Should().Be(Name, "a name that is no name is not shown as one");
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
        host.Plugins.Plugins.Should().HaveCount(2);
    }

    [Test]
    public async Task A_byte_order_mark_of_UTF_8_is_no_harm()
    {
        Plugins.Add(Good.With(PluginFiles.Manifest, [.. Encoding.UTF8.GetPreamble(), .. Good[PluginFiles.Manifest]]));
        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task A_manifest_that_is_mended_is_accepted_without_a_restart()
    {
        Plugins.Add(Good.With(PluginFiles.Manifest, Head + Rest + "permisions: []\n"));
        await using var host = await StartAsync();
        await host.BecomesAsync(Name, PluginState.Rejected);

        Plugins.Overwrite(Name, PluginFiles.Manifest, Good[PluginFiles.Manifest]);

        await host.BecomesAsync(Name, PluginState.Active);
        host.Find(Name)!.Findings.Should().BeEmpty();
    }
}
