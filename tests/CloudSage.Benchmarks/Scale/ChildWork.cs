namespace CloudSage.Benchmarks.Scale;

/// <summary>What a child process is asked to do: keep a number of plugins loaded, and say how long that took, what it holds, and what stays when they go.</summary>
internal static class ChildWork
{
    public const string Idle = "idle";
    public const string Raw = "raw";
    public const string Lean = "lean";
    public const string Default = "default";
    public const string Runtime = "runtime";
    public const string StagedHost = "staged";
    public const string WholeHost = "host";

    /// <summary>The contenders; the floor first.</summary>
    public static IReadOnlyList<string> All { get; } = [Raw, Lean, Default, Runtime, StagedHost, WholeHost];

    /// <summary>Those that are tried with more plugins: <c>PluginLoader</c>'s time grows with the square of their number.</summary>
    public static IReadOnlyList<string> Scaling { get; } = [Raw, Lean, StagedHost, WholeHost];

    public static string Describe(string work) => work switch
    {
        Raw => "collectible contexts",
        Lean => "McMaster's builder, lean",
        Default => "PluginLoader.CreateFromAssemblyFile",
        Runtime => "**engine**, staged already, one after another",
        StagedHost => "**engine**, whole host, staged already: plan, load, activate, swap, report",
        _ => "**engine**, whole host: discover, settle, stage, verify, load, activate",
    };

    public static async Task<ChildResult> RunAsync(string work, int count) => work switch
    {
        StagedHost => await HostWork.ReleaseAsync(count),
        WholeHost => await HostWork.StartAsync(count),
        Idle => await HostWork.RestAsync(count),
        _ => await ContextWork.LoadAsync(work, count),
    };
}
