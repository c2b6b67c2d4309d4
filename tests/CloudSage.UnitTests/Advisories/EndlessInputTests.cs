using System.Text;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Closures;
using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Advisories;

/// <summary>What a plugin's files may name has no end; what the host keeps of it has one, and says so.</summary>
internal sealed class EndlessInputTests
{
    private static readonly DateTimeOffset Today = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private TempFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TempFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("requirements.txt", "a\n", 50_000)]
    [TestCase("requirements.txt", "-r a\n", 50_000)]
    [TestCase("package-lock.json", "\"node_modules/a\":{},", 50_000)]
    [TestCase("go.mod", "require a\n", 50_000)]
    public void What_cannot_be_told_is_told_a_hundred_times_and_then_counted(string file, string line, int times)
    {
        var lines = string.Concat(Enumerable.Repeat(line, times));
        _folder.Write(file, file.EndsWith(".json", StringComparison.Ordinal) ? $"{{\"packages\":{{{lines}\"\":{{}}}}}}" : lines);

        var unresolved = Read().Unresolved;

        unresolved.Should().HaveCount(101);
        unresolved[^1].Should().Contain($"{times - 100:N0} more");
    }

    [Test]
    public void More_packages_than_any_plugin_has_are_not_all_looked_up_and_said()
    {
        _folder.Write("requirements.txt", string.Concat(Enumerable.Range(0, 30_000).Select(static i => $"a{i}==1\n")));

        var closure = Read();

        closure.Packages.Should().HaveCount(20_000);
        closure.Unresolved.Should().ContainSingle().Which.Should().Contain("20,000 packages");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void More_modules_than_any_plugin_has_are_not_all_looked_up_and_said(bool replaced)
    {
        var lines = new StringBuilder("go 1.22\n");
        for (var i = 0; i < 200_000; i++) lines.Append(replaced ? $"replace a.b/c{i} => a.b/d{i} v1.0.0\n" : $"require a.b/c{i} v1.0.0\n");
        _folder.Write("go.mod", lines.ToString());
        _folder.Write("go.sum", "");

        var closure = Read();

        closure.Packages.Count.Should().BeLessThanOrEqualTo(20_000);
        closure.Unresolved.Should().Contain(static s => s.Contains("20,000"));
    }

    [Test]
    public void A_name_or_version_that_is_longer_than_any_is_unresolved_and_shown_shortened()
    {
        _folder.Write("requirements.txt", $"{new string('a', 100_000)}==1\nb=={new string('1', 100_000)}\n");

        var closure = Read();

        closure.Packages.Should().BeEmpty();
        closure.Unresolved.Should().HaveCount(2).And.OnlyContain(static s => s.Length < 1_000);
    }

    [TestCase("a", " ", "x")]
    [TestCase("a==1", " ", "x")]
    [TestCase("-r", "=", " x")]
    [TestCase("a", "[", "")]
    [CancelAfter(30_000)]
    public async Task A_long_line_is_read_in_a_time_that_grows_with_its_length(string start, string repeated, string end, CancellationToken test)
    {
        _folder.Write("requirements.txt", start + string.Concat(Enumerable.Repeat(repeated, 500_000)) + end);
        (await Task.Run(() => Read(), test).WaitAsync(test)).Unresolved.Should().ContainSingle();
    }

    [Test]
    public void Files_that_include_each_other_in_a_long_row_are_all_read()
    {
        for (var i = 0; i < 9_000; i++) _folder.Write(i == 0 ? "requirements.txt" : $"{i}.txt", $"-r {i + 1}.txt\n");
        _folder.Write("9000.txt", "last==1\n");
        PackageClosure? closure = null;

        var small = new Thread(() => closure = Read(), 128 * 1024);
        small.Start();
        small.Join();

        closure!.Packages.Should().ContainSingle().Which.Name.Should().Be("last");
        closure.Unresolved.Should().BeEmpty();
    }

    [Test]
    public void More_vulnerabilities_than_anybody_reads_are_counted()
    {
        _folder.Write("plugin/requirements.txt", string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"lib==1.{i}\n")));
        AdvisoryFolder.Record(_folder.File("database"), "GHSA-aaaa", "lib", "2.0.0", Today.AddDays(-1));

        var report = Scan();

        report.Verdict.Should().Be(AdvisoryVerdict.Vulnerable);
        report.Matches.Should().HaveCount(500);
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("500 vulnerabilities");
    }

    [Test]
    public void What_is_no_version_or_damaged_in_the_database_is_told_a_hundred_times_and_then_counted()
    {
        _folder.Write("plugin/requirements.txt", string.Concat(Enumerable.Range(0, 300).Select(static i => $"lib==x{i}\n")));
        AdvisoryFolder.Record(_folder.File("database"), "GHSA-aaaa", "lib", "2.0.0", Today.AddDays(-1));
        for (var i = 0; i < 300; i++) _folder.Write($"database/{i}.json", "{");

        Scan().Unresolved.Count.Should().BeLessThan(210);
    }

    private PackageClosure Read() => PackageClosures.Read(_folder.Path, "start");

    private AdvisoryReport Scan() => new AdvisoryScanner(new Monitor(new AdvisoryOptions { Database = _folder.File("database") }), new FakeTimeProvider(Today))
        .Scan("tenant", _folder.File("plugin"), "main.py", CancellationToken.None);

    private sealed class Monitor(AdvisoryOptions options) : IOptionsMonitor<AdvisoryOptions>
    {
        public AdvisoryOptions CurrentValue => options;

        public AdvisoryOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<AdvisoryOptions, string?> listener) => null;
    }
}
