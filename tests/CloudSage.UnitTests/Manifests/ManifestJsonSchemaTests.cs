using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSage.PluginHost.Hosting;

namespace CloudSage.UnitTests.Manifests;

/// <summary>The published schema and the reader say the same, with Ajv as the independent judge.</summary>
public sealed class ManifestJsonSchemaTests
{
    [Test]
    public async Task The_published_file_is_what_csg_prints()
        => (await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.Root, "docs", "manifest.schema.json"))).ReplaceLineEndings()
            .Should().Be((PluginValidation.ManifestSchema() + "\n").ReplaceLineEndings(), "run 'csg schema > docs/manifest.schema.json' after a change of the format");

    [Test, CancelAfter(120_000)]
    public async Task Schema_and_reader_accept_and_refuse_the_same_manifests(CancellationToken deadline)
    {
        var (good, bad) = (ManifestCorpus.Good.ToList(), ManifestCorpus.Bad.ToList());
        foreach (var manifest in good) Reading.Read(manifest).Findings.Should().BeEmpty(manifest);
        foreach (var manifest in bad) Reading.Read(manifest).Value.Should().BeNull(manifest);

        var verdicts = await JudgeAsync([.. good, .. bad], deadline);

        good.Zip(verdicts).Where(static v => v.Second is not null).Should().BeEmpty("the schema accepts what the reader accepts");
        bad.Zip(verdicts.Skip(good.Count)).Where(static v => v.Second is null).Select(static v => v.First).Should().BeEmpty("the schema refuses what the reader refuses");
    }

    [Test, CancelAfter(120_000)]
    public async Task What_holds_between_keys_is_for_the_reader_alone(CancellationToken deadline)
    {
        var manifests = ManifestCorpus.BeyondSchema.ToList();
        foreach (var manifest in manifests) Reading.Read(manifest).Value.Should().BeNull(manifest);
        manifests.Zip(await JudgeAsync(manifests, deadline)).Where(static v => v.Second is not null).Should().BeEmpty("if the schema can say it, it belongs to the bad ones");
    }

    private static async Task<List<string?>> JudgeAsync(IReadOnlyList<string> manifests, CancellationToken deadline)
    {
        var judge = Path.Combine(RepositoryFolder.Root, "tests", "schema");
        if (!Directory.Exists(Path.Combine(judge, "node_modules"))) Absence.Report($"Run 'npm ci' in {judge} first.");
        using var node = Process.Start(new ProcessStartInfo("node", ["check.mjs"])
        {
            WorkingDirectory = judge, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(deadline), node.StandardError.ReadToEndAsync(deadline));
        var question = new JsonObject
        {
            ["schema"] = JsonNode.Parse(PluginValidation.ManifestSchema()),
            ["manifests"] = new JsonArray([.. manifests.Select(static m => (JsonNode)m)]),
        };
        await node.StandardInput.WriteAsync(question.ToJsonString().AsMemory(), deadline);
        node.StandardInput.Close();
        await node.WaitForExitAsync(deadline);
        node.ExitCode.Should().Be(0, await error);
        return JsonSerializer.Deserialize<List<string?>>(await output)!;
    }
}
