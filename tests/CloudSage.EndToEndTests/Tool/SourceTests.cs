using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary>What updates take, with the packed tool: from the source that the plugin came from, and no other version than was asked for.</summary>
public sealed class SourceTests
{
    private const string Name = "idler";

    [Test, CancelAfter(240_000)]
    public async Task Updates_keep_to_the_source_and_to_the_range_that_were_asked_for(CancellationToken deadline)
    {
        using var place = new TemporaryDirectory();
        var tool = await PackedTool.Shared;
        await ExpectAsync(0, "plugin", "create", "--type=notifier", Name);
        await PackAsync("1.0.0", "1.0.0", "feed");
        await PackAsync("1.0.0", "1.1.0", "other");
        await PackAsync("1.1.0", "1.2.0", "later");
        await File.WriteAllTextAsync(place["NuGet.Config"], $"""<configuration><packageSources><clear /><add key="other" value="{place["other"]}" /></packageSources></configuration>""", deadline);
        await ExpectAsync(0, "plugins", "install", Name, "--source", "feed", "--yes");
        (await LockAsync()).Should().Contain($"\"source\": \"{place["feed"]}\"").And.NotContain("\"range\"");

        (await ExpectAsync(0, "plugins", "update", "--all", "--yes")).Error.Should().Contain($"{Name} 1.0.0 is the newest that there is", "the other source is not where it came from");
        var held = await ExpectAsync(65, "plugins", "install", Name, "--yes");
        held.Error.Should().Contain("CSG2613").And.Contain($"--source {place["other"]}", "a higher version of a source that nobody named takes nothing over");
        (await LockAsync()).Should().Contain("\"1.0.0\"").And.Contain($"\"source\": \"{place["feed"]}\"");
        var moved = await ExpectAsync(0, "plugins", "update", "--all", "--yes", "--source", "other");
        moved.Output.Should().Contain("CSG2613");
        (await LockAsync()).Should().Contain("\"1.1.0\"").And.Contain($"\"source\": \"{place["other"]}\"").And.NotContain("\"range\"", "nobody asked for one");

        await ExpectAsync(0, "plugins", "install", $"{Name}@1.1.0", "--yes");
        File.Copy(place["later", $"{Name}.1.2.0.nupkg"], place["other", $"{Name}.1.2.0.nupkg"]);
        (await ExpectAsync(0, "plugins", "update")).Output.Should().MatchRegex(@"idler\s+1\.1\.0\s+pinned\s+1\.2\.0");
        (await ExpectAsync(0, "plugins", "update", "--all", "--yes")).Error.Should().Contain($"{Name} is pinned to 1.1.0; there is 1.2.0.").And.Contain($"csg plugins install {Name}@1.2.0");
        (await LockAsync()).Should().Contain("\"range\": \"1.1.0\"").And.NotContain("1.2.0");

        Task<string> LockAsync() => File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline);

        async Task<CsgRun> ExpectAsync(int exitCode, params string[] arguments)
        {
            var run = await tool.CsgAsync(place.Path, deadline, arguments);
            run.ExitCode.Should().Be(exitCode, $"csg {string.Join(' ', arguments)}:\n{run.Output}\n{run.Error}");
            return run;
        }

        async Task PackAsync(string from, string to, string feed)
        {
            var manifest = place[Name, "src", "Idler", "manifest.yaml"];
            await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, deadline)).Replace($"version: {from}", $"version: {to}", StringComparison.Ordinal), deadline);
            await ExpectAsync(0, "plugin", "pack", Name, "--output-dir", feed);
        }
    }
}
