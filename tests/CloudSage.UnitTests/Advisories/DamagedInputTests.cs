using System.Text;
using System.Text.Json.Nodes;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Closures;
using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Manifests;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Advisories;

/// <summary>Databases and plugins come from outside: whatever is wrong with them, the answer is a verdict and never an exception.</summary>
internal sealed class DamagedInputTests
{
    private const string HalfACharacter = "\"\\ud800\"";

    private const string Record = """
        { "id": "GHSA-x", "modified": "2026-02-28T00:00:00Z", "aliases": [ "CVE-1" ], "summary": "bad", "database_specific": { "severity": "HIGH" },
          "severity": [ { "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" } ],
          "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "versions": [ "1.0.0" ], "severity": [ { "type": "CVSS_V3", "score": "7" } ],
            "database_specific": { "last_known_affected_version_range": "< 2.0.0" },
            "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "2.0.0" } ] } ] } ] }
        """;

    private const string PackageLock = """
        { "lockfileVersion": 3, "packages": { "": { "name": "plugin" },
          "node_modules/a": { "name": "a", "version": "1.0.0", "resolved": "https://registry.example/a.tgz", "dev": false, "link": false } } }
        """;

    private const string Dependencies = """
        { "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0", "signature": "" }, "compilationOptions": {},
          "targets": { ".NETCoreApp,Version=v10.0": { "Lib/1.2.3": { "dependencies": { "Other": "1.0.0" },
            "runtime": { "lib/net8.0/Lib.dll": { "assemblyVersion": "1.0.0.0", "fileVersion": "1.0.0.0" } },
            "runtimeTargets": { "runtimes/unix/lib/Other.dll": { "rid": "unix", "assetType": "runtime" } }, "resources": { "de/Lib.resources.dll": { "locale": "de" } } } } },
          "libraries": { "Lib/1.2.3": { "type": "package", "serviceable": true, "sha512": "", "path": "lib/1.2.3", "hashPath": "lib" } } }
        """;

    private TempFolder _folder = null!;

    [SetUp]
    public void Create() => _folder = new TempFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [TestCase("""{ "id": "X", "affected": [ null ] }""")]
    [TestCase("""{ "id": "X", "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "ranges": [ null ] } ] }""")]
    [TestCase("""{ "id": "X", "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "ranges": [ { "type": "ECOSYSTEM", "events": [ null ] } ] } ] }""")]
    [TestCase("""{ "id": "X", "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "versions": [ null ] } ] }""")]
    [TestCase("""{ "id": "X", "aliases": [ null ], "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "versions": [ "1.0.0" ] } ] }""")]
    [TestCase("""{ "id": "X", "severity": [ null ], "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "versions": [ "1.0.0" ] } ] }""")]
    [TestCase("""{ "id": "X", "database_specific": { "severity": "\ud800" }, "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" }, "versions": [ "1.0.0" ] } ] }""")]
    public void A_record_with_something_missing_in_it_is_damage_and_not_thrown(string record)
    {
        var report = Scan(Encoding.UTF8.GetBytes(record));
        report.Verdict.Should().Be(AdvisoryVerdict.NotScanned, "what the record would have told is not known");
        report.Unresolved.Should().ContainSingle().Which.Should().Contain("'x.json' is no OSV record");
    }

    [Test]
    public void A_package_lock_with_a_name_that_is_no_text_is_unresolved()
    {
        byte[] json = [.. "{ \"packages\": { \"node_modules/a\": { \"name\": \""u8, 0xC3, 0x28, .. "\", \"version\": \"1.0.0\" } } }"u8];
        Read("package-lock.json", json, "index.js").Unresolved.Should().ContainSingle().Which.Should().Contain("'package-lock.json'");
    }

    [Test]
    public void A_record_is_read_or_damage_whatever_is_wrong_in_it()
        => Try(Record, mutant => Scan(mutant).Unresolved.Count == 0);

    [Test]
    public void A_package_lock_is_read_or_unresolved_whatever_is_wrong_in_it()
        => Try(PackageLock, mutant => Read("package-lock.json", mutant, "index.js").Unresolved.Count == 0);

    [Test]
    public void A_dependency_file_is_read_or_unresolved_whatever_is_wrong_in_it()
        => Try(Dependencies, mutant => Read("Plugin.deps.json", mutant, "Plugin.dll").Unresolved.Count == 0);

    /// <summary>Each value by each of some that do not belong there, and a thousand times a few wrong bytes.</summary>
    private static void Try(string sound, Func<byte[], bool> read)
    {
        var random = new Random(20260301);
        var outcomes = Exchanged(JsonNode.Parse(sound)!).Select(Encoding.UTF8.GetBytes).Concat(Enumerable.Range(0, 1_000).Select(_ => Mutation.Of(Encoding.UTF8.GetBytes(sound), random)))
            .ToLookup(mutant => Outcome(mutant, read));
        outcomes[null].Select(Encoding.UTF8.GetString).Should().BeEmpty("each has an answer");
        outcomes[true].Should().NotBeEmpty("some damage is harmless");
        outcomes[false].Should().NotBeEmpty("some is not");
    }

    private static bool? Outcome(byte[] mutant, Func<byte[], bool> read)
    {
        try
        {
            return read(mutant);
        }
        catch (Exception e)
        {
            // Whatever escapes is the defect that is looked for.
            TestContext.Out.WriteLine($"{e.GetType().Name}: {e.Message}{Environment.NewLine}{Encoding.UTF8.GetString(mutant)}");
            return null;
        }
    }

    private static IEnumerable<string> Exchanged(JsonNode root)
    {
        foreach (var node in Below(root))
        {
            foreach (var other in (string[])["null", "0", HalfACharacter, "\"x\"", "[]", "{}", "[null]", "[0]", "{\"x\":null}"]) yield return Text(root, node, other);
        }
    }

    private static IEnumerable<JsonNode> Below(JsonNode node)
        => (node switch { JsonObject o => o.Select(static p => p.Value), JsonArray a => a, _ => [] }).OfType<JsonNode>().SelectMany(Below).Prepend(node);

    /// <summary>The document with other text in a node's place; by hand, for a document cannot hold half a character.</summary>
    private static string Text(JsonNode? node, JsonNode changed, string other) => node switch
    {
        _ when node == changed => other,
        JsonObject o => $"{{{string.Join(',', o.Select(p => $"{JsonValue.Create(p.Key)!.ToJsonString()}:{Text(p.Value, changed, other)}"))}}}",
        JsonArray a => $"[{string.Join(',', a.Select(item => Text(item, changed, other)))}]",
        _ => node?.ToJsonString() ?? "null",
    };

    private AdvisoryReport Scan(byte[] record)
    {
        _folder.Write("database/x.json", record);
        _folder.Write("plugin/requirements.txt", "lib==1.0.0\n");
        var options = new AdvisoryOptions { Database = _folder.File("database"), MaximumAge = TimeSpan.FromDays(10_000_000) };
        return new AdvisoryScanner(new Monitor(options), new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)))
            .Scan("tenant", _folder.File("plugin"), "main.py", CancellationToken.None);
    }

    private PackageClosure Read(string file, byte[] content, string entryPoint)
    {
        _folder.Write($"other/{file}", content);
        return PackageClosures.Read(_folder.File("other"), entryPoint);
    }

    private sealed class Monitor(AdvisoryOptions options) : IOptionsMonitor<AdvisoryOptions>
    {
        public AdvisoryOptions CurrentValue => options;

        public AdvisoryOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<AdvisoryOptions, string?> listener) => null;
    }
}
