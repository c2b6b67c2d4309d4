using System.Runtime.CompilerServices;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Looks whether plugins are still in memory, without the host's help.</summary>
internal static class PluginMemory
{
    /// <summary>The assemblies in memory that were loaded from below a folder, as text.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IReadOnlyList<string> LoadedFrom(string folder) =>
    [
        .. AppDomain.CurrentDomain.GetAssemblies()
            .Where(a => !a.IsDynamic && a.Location.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(static a => $"{a.GetName().Name} {a.GetName().Version} ({a.Location})"),
    ];

    /// <summary>Collects until nothing of the folder is in memory.</summary>
    public static Task NothingLeftOfAsync(string folder) => Eventually.TrueAsync(
        () =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return LoadedFrom(folder).Count == 0;
        },
        "every plugin leaves memory",
        () => string.Join(Environment.NewLine, LoadedFrom(folder)));
}
