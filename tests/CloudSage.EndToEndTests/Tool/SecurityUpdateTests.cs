using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary><c>csg plugins update --security</c>, with the packed tool: a plugin's own package is affected by an advisory.</summary>
public sealed class SecurityUpdateTests
{
    private const string Name = "sentry";

    [Test, CancelAfter(180_000)]
    public async Task What_is_affected_is_updated_to_the_lowest_version_that_mends_it(CancellationToken deadline)
    {
        using var place = new TemporaryDirectory();
        var tool = await PackedTool.Shared;
        await ExpectAsync(0, "plugin", "create", "--type=notifier", Name);
        await PackAsync("1.0.0", "1.0.0");
        await ExpectAsync(0, "plugins", "install", $"{Name}@[1.0,2.0)", "--source", "feed", "--yes");
        Directory.CreateDirectory(place["advisories"]);
        await File.WriteAllTextAsync(place["advisories", "GHSA-made.json"], $$"""
            {
              "id": "GHSA-made", "modified": "{{DateTimeOffset.UtcNow:O}}",
              "affected": [ { "package": { "ecosystem": "NuGet", "name": "{{Name}}" }, "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "1.1.0" } ] } ] } ]
            }
            """, deadline);

        var none = await ExpectAsync(1, Update());
        none.Error.Should().Contain("CSG2701").And.Contain("GHSA-made");
        await PackAsync("1.0.0", "1.0.1");
        await PackAsync("1.0.1", "1.1.0");
        await PackAsync("1.1.0", "1.2.0");
        var updated = await ExpectAsync(0, Update("--output", "json"));
        updated.Json.EnumerateArray().Should().ContainSingle().Which.GetProperty("locked").GetProperty("version").GetString().Should().Be("1.1.0");
        (await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline)).Should().Contain("\"1.1.0\"").And.Contain("[1.0,2.0)", "the range stays");
        (await ExpectAsync(0, Update(Name))).Error.Should().Contain($"{Name} is not known to be affected");

        await File.WriteAllTextAsync(place["advisories", "GHSA-made.json"], "{", deadline);
        (await ExpectAsync(1, Update())).Error.Should().Contain($"{Name} is not known to be clean", "a damaged database is no good news");
        (await ExpectAsync(64, "plugins", "update", "--security")).Error.Should().Contain("--advisories");

        string[] Update(params string[] more) => ["plugins", "update", "--security", "--advisories", "advisories", "--source", "feed", "--yes", .. more];

        async Task<CsgRun> ExpectAsync(int exitCode, params string[] arguments)
        {
            var run = await tool.CsgAsync(place.Path, deadline, arguments);
            run.ExitCode.Should().Be(exitCode, $"csg {string.Join(' ', arguments)}:\n{run.Output}\n{run.Error}");
            return run;
        }

        async Task PackAsync(string from, string to)
        {
            var manifest = place[Name, "src", "Sentry", "manifest.yaml"];
            await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, deadline)).Replace($"version: {from}", $"version: {to}", StringComparison.Ordinal), deadline);
            await ExpectAsync(0, "plugin", "pack", Name, "--output-dir", "feed");
        }
    }
}
