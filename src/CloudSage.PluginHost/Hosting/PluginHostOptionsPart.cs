using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// Shows one room its own part of the host's options: the newest that are valid. A change of the configuration that is not leaves the room
/// with what it had, for it reads its options in places where nothing can be done about them, such as in the middle of an unload.
/// </summary>
internal sealed class PluginHostOptionsPart<T> : IOptionsMonitor<T>, IOptions<T> where T : class
{
    private readonly IOptionsMonitor<PluginHostOptions> _options;
    private readonly Func<PluginHostOptions, T> _part;
    private T _newest;

    public PluginHostOptionsPart(IOptionsMonitor<PluginHostOptions> options, Func<PluginHostOptions, T> part)
    {
        (_options, _part) = (options, part);
        _newest = part(options.CurrentValue);
    }

    public T CurrentValue
    {
        get
        {
            try
            {
                return _newest = _part(_options.CurrentValue);
            }
            catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
            {
                // Changed to something that is not valid, or that cannot be bound: refused, as at the start.
                return _newest;
            }
        }
    }

    public T Value => CurrentValue;

    public T Get(string? name) => CurrentValue;

    public IDisposable? OnChange(Action<T, string?> listener) => _options.OnChange((all, name) => listener(_part(all), name));
}
