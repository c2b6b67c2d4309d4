namespace CloudSage.PluginHost.Worker;

/// <summary>What the worker does besides hosting plugins. Bound from the section <c>Worker</c>.</summary>
internal sealed class WorkerOptions
{
    public const string SectionName = "Worker";

    /// <summary>The bills to analyse at the start, relative to the working directory. Those that are not there are left out.</summary>
    public IList<string> Bills { get; } = [];

    /// <summary>Ends after the analysis instead of watching.</summary>
    public bool Once { get; set; }
}
