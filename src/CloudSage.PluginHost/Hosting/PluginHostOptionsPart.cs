using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Shows one room its own part of the host's options, always the newest.</summary>
internal sealed class PluginHostOptionsPart<T>(IOptionsMonitor<PluginHostOptions> options, Func<PluginHostOptions, T> part) : IOptionsMonitor<T>, IOptions<T>
    where T : class
{
    public T CurrentValue => part(options.CurrentValue);

    public T Value => CurrentValue;

    public T Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<T, string?> listener) => options.OnChange((all, name) => listener(part(all), name));
}
