using System.Text.Json;
using CloudSage.UnloadZoo.Catalogue;
using CloudSage.UnloadZoo.Columns;
using CloudSage.Zoo;

namespace CloudSage.UnloadZoo.Running;

/// <summary>The child side: one scenario in one column, and a line about it.</summary>
internal static class ChildProgram
{
    /// <summary>The first argument of a child.</summary>
    public const string Switch = "--child";

    /// <summary>How the line begins; scenarios may write lines of their own.</summary>
    public const string Mark = "zoo-observation ";

    /// <param name="arguments">The switch, the column, the project, the scenario, the workspace, and whether neighbours are watched.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var (column, project, scenario, workspace) = (Enum.Parse<Column>(arguments[1]), arguments[2], arguments[3], arguments[4]);
        using var habitat = new Habitat();
        Observation observation;
        try
        {
            observation = column == Column.Plain
                ? PlainColumn.Observe(ZooFixtures.AssemblyOf(project), scenario, habitat)
                : bool.Parse(arguments[5])
                    ? await NeighbourWatch.ObserveAsync(project, scenario, habitat, workspace)
                    : await HostColumn.ObserveAsync(project, scenario, habitat, column, workspace);
        }
        catch (Exception e)
        {
            // Whatever it is, the parent shows it beside the scenario.
            observation = Observation.Failed(e.ToString());
        }

        await Console.Out.WriteLineAsync(Mark + JsonSerializer.Serialize(observation, ObservationContext.Default.Observation));
        await Console.Out.FlushAsync();
        // Threads that scenarios left behind must not keep the process.
        Environment.Exit(0);
        return 0;
    }
}
