using CloudSage.Cli.Rendering;
using System.CommandLine;
using CloudSage.Plugins.Costs;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg analyze</c>: the command line of an analysis.</summary>
internal static class AnalyzeCommand
{
    public static Command Create(Answer answer)
    {
        var files = new Argument<string[]>("FILE") { Description = "Billing files, each in a format that a plugin reads.", Arity = ArgumentArity.OneOrMore };
        var plugins = CommonOptions.Plugins();
        var metric = new Option<string>("--metric")
        {
            Description = "The cost column that daily changes follow: EffectiveCost, BilledCost or ListCost.",
            DefaultValueFactory = static _ => nameof(CostMetric.EffectiveCost),
        }.AcceptOnlyFromAmong(Enum.GetNames<CostMetric>());
        var charges = new Option<string>("--charges")
        {
            Description = "Which charges count: all, or usage (without the unused part of commitments).",
            DefaultValueFactory = static _ => "all",
        }.AcceptOnlyFromAmong("all", "usage");
        var settings = CommonOptions.Settings();
        var inventory = new Option<string?>("--inventory") { Description = "A CSV file with the resources and the files of their metrics.", HelpName = "FILE" };
        var format = CommonOptions.Output();
        var verbose = CommonOptions.Verbose();

        var command = new Command("analyze", "Analyse billing files with the plugins of a folder, once.")
        {
            files, plugins, metric, charges, settings, inventory, format, verbose,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var arguments = new AnalyzeArguments
            {
                Files = parsed.GetRequiredValue(files),
                Plugins = parsed.GetRequiredValue(plugins),
                Metric = Enum.Parse<CostMetric>(parsed.GetRequiredValue(metric)),
                Charges = parsed.GetRequiredValue(charges) == "all" ? ChargeFilter.AllCharges : ChargeFilter.UsageOnly,
                Settings = parsed.GetValue(settings) ?? [],
                Inventory = parsed.GetValue(inventory),
                Verbose = parsed.GetValue(verbose),
            };
            return new Analyze(arguments, answer).RunAsync(cancellationToken);
        });
        return command;
    }
}
