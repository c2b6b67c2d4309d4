using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary><c>csg plugins audit</c>, with public advisories.</summary>
[Parallelizable(ParallelScope.Children)]
public sealed class AuditTests
{
    private static string Advisories => Path.GetDirectoryName(SharedData.Find("osv/GO-2022-0617.json"))!;

    [Test, CancelAfter(60_000)]
    public async Task Audit_names_the_package_the_advisory_and_the_version_that_mends_it(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await WritePluginAsync(directory, "requests==2.30.0", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "--advisories", Advisories, "--max-age", "36500");
        run.ExitCode.Should().Be(1, run.Error);
        run.Output.ReplaceLineEndings(" ").Should().Contain("vulnerable").And.Contain("requests 2.30.0").And.Contain("PYSEC-2023-74").And.Contain("CVE-2023-32681").And.Contain("Mended in 2.31.0");
    }

    [Test, CancelAfter(60_000)]
    public async Task Audit_of_a_sound_plugin_is_clean_and_of_an_old_database_stale(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await WritePluginAsync(directory, "requests==2.32.0", deadline);
        var clean = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "optimizer", "--advisories", Advisories, "--max-age", "36500", "--output", "json");
        clean.ExitCode.Should().Be(0, clean.Error);
        var report = clean.Json.EnumerateArray().Single().GetProperty("report");
        report.GetProperty("verdict").GetString().Should().Be("Clean");
        report.GetProperty("packages").EnumerateArray().Single().GetProperty("name").GetString().Should().Be("requests");

        var stale = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "--advisories", Advisories);
        stale.ExitCode.Should().Be(1, stale.Error);
        stale.Output.Should().Contain("db-stale");
    }

    [Test, CancelAfter(60_000)]
    public async Task An_archive_is_not_passed_over(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await WritePluginAsync(directory, "requests==2.32.0", deadline);
        await File.WriteAllBytesAsync(directory["plugins/packed.zip"], [0x50, 0x4B], deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "--advisories", Advisories, "--max-age", "36500");
        run.ExitCode.Should().Be(1, run.Error);
        run.Output.ReplaceLineEndings(" ").Should().Contain("packed.zip").And.Contain("not-scanned");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_plugin_whose_files_cannot_be_read_is_not_scanned_and_the_others_are(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await WritePluginAsync(directory, "requests==2.32.0", deadline);
        TemporaryDirectory.Copy(directory["plugins", "optimizer"], directory["plugins", "sound"]);
        await File.WriteAllTextAsync(directory["plugins", "sound", "manifest.yaml"], "name: sound\nversion: 1.0.0\ntype: optimizer\ncloud: aws\nentry_point: optimizer.py\n", deadline);
        await using var held = new FileStream(directory["plugins", "optimizer", "requirements.txt"], FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "--advisories", Advisories, "--max-age", "36500", "--output", "json");
        run.ExitCode.Should().Be(1, run.Output + run.Error);
        var verdicts = run.Json.EnumerateArray().ToDictionary(static a => a.GetProperty("plugin").GetString()!, static a => a.GetProperty("report"));
        verdicts["sound"].GetProperty("verdict").GetString().Should().Be("Clean");
        verdicts["optimizer"].GetProperty("verdict").GetString().Should().Be("NotScanned");
        verdicts["optimizer"].GetProperty("unresolved")[0].GetString().Should().Contain("requirements.txt");
    }

    [Test, CancelAfter(60_000)]
    public async Task Every_sample_is_told_by_its_dependency_file(CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "--plugins", Paths.Plugins, "--advisories", Advisories, "--max-age", "36500", "--output", "json");
        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Json.EnumerateArray().Should().HaveCount(7).And.OnlyContain(static audit => audit.GetProperty("report").GetProperty("verdict").GetString() == "Clean");
        run.Json.EnumerateArray().Single(static audit => audit.GetProperty("plugin").GetString() == "focus-adapter")
            .GetProperty("report").GetProperty("packages").EnumerateArray().Select(static p => p.GetProperty("name").GetString()).Should().Contain("Sylvan.Data.Csv");
    }

    [TestCase("no-such-plugin", "", "CSG4003")]
    [TestCase("optimizer", "no-such-database", "CSG4001")]
    [CancelAfter(60_000)]
    public async Task Audit_refuses_what_is_not_there(string name, string database, string code, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        await WritePluginAsync(directory, "requests==2.32.0", deadline);
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", name, "--advisories", database.Length > 0 ? database : Advisories);
        run.ExitCode.Should().Be(66, run.Output + run.Error);
        run.Error.Should().Contain(code);
    }

    [TestCase("x")]
    [TestCase("0")]
    [TestCase("-1")]
    [CancelAfter(60_000)]
    public async Task Audit_refuses_an_age_that_is_none(string age, CancellationToken deadline)
    {
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "plugins", "audit", "--advisories", Advisories, "--max-age", age);
        run.ExitCode.Should().Be(64, run.Output + run.Error);
        run.Error.Should().Contain("--max-age").And.NotContain("   at ");
    }

    private static async Task WritePluginAsync(TemporaryDirectory directory, string requirement, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory["plugins", "optimizer"]);
        await File.WriteAllTextAsync(directory["plugins", "optimizer", "manifest.yaml"], "name: optimizer\nversion: 1.0.0\ntype: optimizer\ncloud: aws\nentry_point: optimizer.py\n", cancellationToken);
        await File.WriteAllTextAsync(directory["plugins", "optimizer", "optimizer.py"], "print('saving')\n", cancellationToken);
        await File.WriteAllTextAsync(directory["plugins", "optimizer", "requirements.txt"], requirement + "\n", cancellationToken);
    }
}
