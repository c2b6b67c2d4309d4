using System.Diagnostics;
using System.Text.Json;
using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Csg;

/// <summary>What the Terraform exporter writes, read by a real HCL parser and formatted as <c>terraform fmt</c> does.</summary>
public sealed class TerraformTests
{
    [Test, CancelAfter(120_000)]
    public async Task The_exported_file_is_HCL_and_stays_as_it_is_when_formatted(CancellationToken deadline)
    {
        var checker = Path.Combine(Paths.Repository, "tests", "hcl");
        if (!Directory.Exists(Path.Combine(checker, "node_modules"))) Absence.Report($"Run 'npm ci' in {checker} first.");
        using var directory = new TemporaryDirectory();
        var run = await CsgRun.ExecuteAsync(directory.Path, deadline, "analyze", Paths.Sample("shop-focus-1.2.csv"), "--plugins", Paths.Plugins,
            "--inventory", Paths.Sample("inventory.csv"), "--set", $"terraform-exporter.output={directory["savings.tf"]}", "--output", "json");
        run.ExitCode.Should().Be(0, run.Error);
        var written = await File.ReadAllTextAsync(directory["savings.tf"], deadline);

        var check = await CheckAsync(checker, written, deadline);

        check.GetProperty("formatted").GetString().Should().Be(written);
        var text = check.GetProperty("parsed").GetRawText();
        foreach (var recommendation in run.Json.GetProperty("recommendations").EnumerateArray())
            text.Should().Contain(recommendation.GetProperty("resourceId").GetString());
    }

    private static async Task<JsonElement> CheckAsync(string checker, string hcl, CancellationToken deadline)
    {
        var start = new ProcessStartInfo("node", ["check.mjs"])
        {
            WorkingDirectory = checker, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(deadline);
        var error = node.StandardError.ReadToEndAsync(deadline);
        await node.StandardInput.WriteAsync(hcl.AsMemory(), deadline);
        node.StandardInput.Close();
        await node.WaitForExitAsync(deadline);
        node.ExitCode.Should().Be(0, await error);
        using var document = JsonDocument.Parse(await output);
        return document.RootElement.Clone();
    }
}
