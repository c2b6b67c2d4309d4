namespace CloudSage.Plugins;

/// <summary>Keeps what ends with a plugin. Hosts implement it; plugins use it through their <see cref="PluginContext"/>, which checks the arguments.</summary>
public interface IPluginScope
{
    /// <summary>Cancelled when the host begins to stop the plugin.</summary>
    CancellationToken Stopping { get; }

    /// <summary>Has a resource disposed when the plugin stops.</summary>
    /// <param name="resource">The resource.</param>
    void RegisterForDisposal(IDisposable resource);

    /// <summary>Has a resource disposed when the plugin stops.</summary>
    /// <param name="resource">The resource.</param>
    void RegisterForDisposal(IAsyncDisposable resource);

    /// <summary>Runs work beside the calls until the plugin stops.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="work">The work.</param>
    void RunInBackground(string name, Func<CancellationToken, Task> work);

    /// <summary>Does something again and again until the plugin stops.</summary>
    /// <param name="name">What it does.</param>
    /// <param name="period">The time between ticks.</param>
    /// <param name="tick">What to do.</param>
    void StartTimer(string name, TimeSpan period, Func<CancellationToken, Task> tick);
}
