using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.Plugins;
using CloudSage.UnloadZoo.Catalogue;
using CloudSage.Zoo;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.UnloadZoo.Columns;

/// <summary>
/// Has a second plugin and the host itself do the same as the plugin that leaves, before, while and after it does: their answers must stay
/// the same and nothing may throw.
/// </summary>
internal static class NeighbourWatch
{
    public static async Task<Observation> ObserveAsync(string project, string scenario, Habitat habitat, string workspace)
    {
        var path = ZooFixtures.AssemblyOf(project);
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        using var neighbour = new PlainVisit(path, services);
        var host = OfTheHost(path, services);
        string Ask(bool ofHost) => ofHost ? host.RunAsync(scenario, habitat).AsTask().GetAwaiter().GetResult() : neighbour.Run(scenario, habitat);
        var before = (Ask(ofHost: true), Ask(ofHost: false));

        var observation = await HostColumn.ObserveAsync(project, scenario, habitat, Column.Assisted, workspace, async leave =>
        {
            using var ending = new CancellationTokenSource();
            var ofHost = Task.Run(() => Repeat(() => Ask(ofHost: true), before.Item1, ending.Token));
            var ofNeighbour = Task.Run(() => Repeat(() => Ask(ofHost: false), before.Item2, ending.Token));
            var left = await leave();
            await ending.CancelAsync();
            return left with { Neighbours = await ofHost + await ofNeighbour };
        });
        if (observation.Error is not null) return observation;

        var after = (Ask(ofHost: true), Ask(ofHost: false));
        using var another = new PlainVisit(path, services);
        var newcomer = another.Run(scenario, habitat);
        string[] answers = [observation.Answer, before.Item1, before.Item2, after.Item1, after.Item2, newcomer];
        return answers.Distinct().Count() == 1 ? observation : observation with { Error = $"Answers differ: {string.Join(" | ", answers)}" };
    }

    private static int Repeat(Func<string> ask, string expected, CancellationToken ending)
    {
        var times = 0;
        do
        {
            var answer = ask();
            if (answer != expected) throw new InvalidOperationException($"A neighbour's answer changed from '{expected}' to '{answer}'.");
            times++;
        }
        while (!ending.IsCancellationRequested);
        return times;
    }

    /// <summary>The same code as part of the host: in the default context, with types that are never unloaded.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IZoo OfTheHost(string path, IServiceProvider services)
    {
        var resolver = new AssemblyDependencyResolver(path);
        AssemblyLoadContext.Default.Resolving += (context, name) => resolver.ResolveAssemblyToPath(name) is { } file ? context.LoadFromAssemblyPath(file) : null;
        var type = AssemblyLoadContext.Default.LoadFromAssemblyPath(path).GetType("CloudSage.Zoo.Keeper", throwOnError: true)!;
        var context = new PluginContext("host", "1.0.0", PluginSettings.Empty, Path.GetDirectoryName(path)!, Path.GetTempPath(), CancellationToken.None);
        return (IZoo)Activator.CreateInstance(type, context, services)!;
    }
}
