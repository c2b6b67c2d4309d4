using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary>A plugin's life as a package, from the packed tool: made, packed, installed, granted, updated, verified, removed.</summary>
public sealed class InstallTests
{
    private const string Name = "steward";

    [Test, CancelAfter(180_000)]
    public async Task A_package_is_installed_updated_and_unregistered(CancellationToken deadline)
    {
        using var place = new TemporaryDirectory();
        var tool = await PackedTool.Shared;
        await SucceedAsync("plugin", "create", "--type=notifier", Name);
        await PackAsync();
        place.AddPlugins("plugins", "console-notifier");

        var installed = await SucceedAsync("plugins", "install", $"{Name}@[1.0,2.0)", "--source", "feed", "--yes", "--output", "json");
        var locked = installed.Json.GetProperty("locked");
        locked.GetProperty("origin").GetString().Should().Be($"nuget:{Name}/1.0.0");
        locked.GetProperty("range").GetString().Should().Be("[1.0,2.0)");
        installed.Error.Should().Contain("The folder has a lock file now.").And.Contain("CSG2402").And.Contain("console-notifier 1.0.0 is not in the lock file");
        await SucceedAsync("plugins", "register", Path.Combine("plugins", "console-notifier"));
        (await SucceedAsync("plugins", "verify")).Output.Should().Contain("All 2 registered plugins");
        (await SucceedAsync("plugins", "list", "--output", "json")).Json.GetProperty("plugins").EnumerateArray().Should().HaveCount(2)
            .And.OnlyContain(static p => p.GetProperty("standing").GetString() == "Registered");

        await BumpAsync("1.0.0", "1.1.0");
        await BumpAsync("1.1.0", "2.0.0");
        var unsigned = await RunAsync("plugins", "update", Name, "--source", "feed", "--require-signature", "--yes");
        unsigned.ExitCode.Should().Be(65, unsigned.Output);
        unsigned.Error.Should().Contain("CSG2640");
        (await SucceedAsync("plugins", "update", "--source", "feed")).Output.Should().MatchRegex(@"steward\s+1\.0\.0\s+1\.1\.0\s+2\.0\.0");
        await SucceedAsync("plugins", "update", Name, "--source", "feed", "--yes");
        (await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline)).Should().Contain("\"1.1.0\"").And.Contain("[1.0,2.0)", "the range stays").And.NotContain("2.0.0\"");

        var locked1 = await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline);
        Directory.Delete(place["plugins", Name], recursive: true);
        var unfit = await RunAsync("plugins", "restore", "--locked", "--source", "feed", "--require-signature");
        unfit.ExitCode.Should().Be(65, unfit.Output);
        unfit.Error.Should().Contain("CSG2640");
        Directory.Exists(place["plugins", Name]).Should().BeFalse();
        var restored = await SucceedAsync("plugins", "restore", "--locked", "--source", "feed", "--output", "json");
        restored.Json.GetProperty("restored").EnumerateArray().Select(static n => n.GetString()).Should().Equal(Name);
        (await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline)).Should().Be(locked1, "it is what it was");
        await SucceedAsync("plugins", "verify");

        // The line stays as it is wherever the content was fetched from, and also one that names no source.
        Directory.Move(place["feed"], place["mirror"]);
        foreach (var line in (string[])[locked1, System.Text.RegularExpressions.Regex.Replace(locked1, @"\s*""source"": ""[^""]*"",", "")])
        {
            await File.WriteAllTextAsync(place["plugins", "plugins.lock"], line, deadline);
            Directory.Delete(place["plugins", Name], recursive: true);
            (await SucceedAsync("plugins", "restore", "--locked", "--source", "mirror")).Error.Should().NotContain("CSG2613");
            (await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline)).Should().Be(line, "a locked restore writes no line");
        }

        locked1.Should().Contain("\"source\"");
        await File.WriteAllTextAsync(place["plugins", "plugins.lock"], locked1, deadline);
        Directory.Move(place["mirror"], place["feed"]);

        // What the feed has under that version is another than was registered.
        var hash = System.Text.RegularExpressions.Regex.Match(locked1, @"steward[\s\S]*?""hash"": ""([0-9a-f]+)""").Groups[1].Value;
        var other = locked1.Replace(hash, new string('0', 64), StringComparison.Ordinal);
        await File.WriteAllTextAsync(place["plugins", "plugins.lock"], other, deadline);
        Directory.Delete(place["plugins", Name], recursive: true);
        var refused = await RunAsync("plugins", "restore", "--locked", "--source", "feed");
        refused.ExitCode.Should().Be(65, refused.Output);
        refused.Error.Should().Contain("CSG4013").And.Contain(hash);
        Directory.Exists(place["plugins", Name]).Should().BeFalse("nothing is changed");
        (await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline)).Should().Be(other);
        (await SucceedAsync("plugins", "restore", "--source", "feed")).Error.Should().Contain("CSG4013");
        (await File.ReadAllTextAsync(place["plugins", "plugins.lock"], deadline)).Should().Be(locked1);

        await File.AppendAllTextAsync(place["plugins", Name, "manifest.yaml"], "\n# changed\n", deadline);
        var drifted = await RunAsync("plugins", "verify");
        drifted.ExitCode.Should().Be(65);
        drifted.Error.Should().Contain("CSG2403");

        await SucceedAsync("plugins", "unregister", Name);
        Directory.Exists(place["plugins", Name]).Should().BeFalse();
        var audit = await File.ReadAllTextAsync(place[".cloudsage", "state", "audit.jsonl"], deadline);
        audit.Should().Contain("\"registered\"").And.Contain("\"1.1.0\"").And.Contain("\"unregistered\"");

        Task<CsgRun> RunAsync(params string[] arguments) => tool.CsgAsync(place.Path, deadline, arguments);

        async Task<CsgRun> SucceedAsync(params string[] arguments)
        {
            var run = await RunAsync(arguments);
            run.ExitCode.Should().Be(0, $"csg {string.Join(' ', arguments)}:\n{run.Output}\n{run.Error}");
            return run;
        }

        Task<CsgRun> PackAsync() => SucceedAsync("plugin", "pack", Name, "--output-dir", "feed");

        async Task BumpAsync(string from, string to)
        {
            var manifest = place[Name, "src", "Steward", "manifest.yaml"];
            await File.WriteAllTextAsync(manifest, (await File.ReadAllTextAsync(manifest, deadline)).Replace($"version: {from}", $"version: {to}", StringComparison.Ordinal), deadline);
            await PackAsync();
        }
    }
}
