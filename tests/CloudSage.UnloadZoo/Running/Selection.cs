using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;

namespace CloudSage.UnloadZoo.Running;

/// <summary>What the command line asks for.</summary>
/// <param name="Words">Scenarios whose name or cause contains one of them; all where there are none.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Neighbours">Watches neighbours instead of comparing columns.</param>
/// <param name="Publish">Writes the matrix into the document.</param>
/// <param name="Reports">Prints the report on everything that stays, not only on what is not named.</param>
/// <param name="Parallel">How many children run at once.</param>
internal sealed record Selection(IReadOnlyList<string> Words, IReadOnlyList<Column> Columns, bool Neighbours, bool Publish, bool Reports, int Parallel)
{
    public static Selection Parse(string[] arguments)
    {
        var selection = new Selection([], Enum.GetValues<Column>(), false, false, false, 2);
        for (var i = 0; i < arguments.Length; i++)
        {
            selection = arguments[i] switch
            {
                "--publish" => selection with { Publish = true },
                "--reports" => selection with { Reports = true },
                "--neighbours" => selection with { Neighbours = true },
                "--columns" => selection with { Columns = [.. arguments[++i].Split(',').Select(static name => Enum.Parse<Column>(name, ignoreCase: true))] },
                "--parallel" => selection with { Parallel = int.Parse(arguments[++i], System.Globalization.CultureInfo.InvariantCulture) },
                var word when !word.StartsWith('-') => selection with { Words = [.. selection.Words, word] },
                var other => throw new ArgumentException(
                    $"Unknown argument '{other}'. Give words that names contain, --columns plain,unassisted,assisted, --neighbours, --reports, --parallel N or --publish."),
            };
        }

        return selection;
    }

    public bool Contains(ZooScenario scenario) => (!Neighbours || scenario.Shared) && (Words.Count == 0 || Words.Any(word =>
        scenario.ToString().Contains(word, StringComparison.OrdinalIgnoreCase) || scenario.Cause.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
