using System.Collections.Frozen;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary>Help as System.CommandLine writes it, and below it how the command is used.</summary>
internal sealed class HelpWithExamples(SynchronousCommandLineAction help, TerminalOutput output) : SynchronousCommandLineAction
{
    private static readonly FrozenDictionary<string, string[]> Examples = new Dictionary<string, string[]>
    {
        ["analyze"] = ["csg analyze bill.csv.gz", "csg analyze bill.csv --metric BilledCost --set cost-anomaly-detector.threshold=0.4 --output json"],
        ["audit"] = ["csg plugins audit --advisories osv.zip", "csg plugins audit ec2-rightsizer --advisories osv.zip --output json"],
        ["completion"] = ["source <(csg completion bash)", "csg completion pwsh | Out-String | Invoke-Expression"],
        ["create"] = ["csg plugin create --type=optimizer --lang=csharp idle-finder", "csg plugin create --type=notifier teller --output-dir src/teller --source ../feed"],
        ["disable"] = ["csg plugins disable ec2-rightsizer"],
        ["doctor"] = ["csg plugins doctor ec2-rightsizer"],
        ["enable"] = ["csg plugins enable ec2-rightsizer"],
        ["grant"] = ["csg plugins grant ec2-rightsizer ReadInstanceMetrics"],
        ["install"] = ["csg plugins install Contoso.IdleFinder@1.2.0", "csg plugins install Contoso.IdleFinder --yes"],
        ["list"] = ["csg plugins list", "csg plugins list --plugins /srv/plugins --output json"],
        ["pack"] = ["csg plugin pack idle-finder", "csg plugin pack idle-finder --output-dir ../feed --output json"],
        ["register"] = ["csg plugins register ec2-rightsizer.zip", "csg plugins register ec2-rightsizer.zip --yes --grant ReadInstanceMetrics --environment staging"],
        ["restore"] = ["csg plugins restore", "csg plugins restore --locked --source https://feed.example.org/v3/index.json"],
        ["retry"] = ["csg plugins retry ec2-rightsizer"],
        ["revoke"] = ["csg plugins revoke ec2-rightsizer ReadInstanceMetrics"],
        ["run"] = ["csg run ec2-rightsizer", "csg run ec2-rightsizer --command report --input month=2030-01"],
        ["schema"] = ["csg schema > manifest.schema.json"],
        ["show"] = ["csg plugins show ec2-rightsizer"],
        ["test"] = ["csg plugin test idle-finder --fixture=idle-finder/fixtures/example.json", "csg plugin test idle-finder --fixture=day.json --set idle_below=2 --output json"],
        ["unregister"] = ["csg plugins unregister ec2-rightsizer"],
        ["update"] = ["csg plugins update", "csg plugins update ec2-rightsizer", "csg plugins update --security --advisories advisories.zip"],
        ["validate"] = ["csg plugin validate plugins/ec2-rightsizer", "csg plugin validate idle-finder/src/IdleFinder/manifest.yaml"],
        ["verify"] = ["csg plugins verify"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Adds examples to the help of all commands.</summary>
    public static void AddTo(RootCommand root, TerminalOutput output)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        if (option.Action is SynchronousCommandLineAction help) option.Action = new HelpWithExamples(help, output);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        if (!Examples.TryGetValue(parseResult.CommandResult.Command.Name, out var lines)) return exitCode;
        output.WriteLine("Examples:");
        foreach (var line in lines) output.WriteLine($"  {line}");
        output.WriteLine(string.Empty);
        return exitCode;
    }
}
