using CloudSage.PluginHost.Manifests;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Activation;

/// <summary>The host's logging, as one plugin sees it: what reaches the host's providers is text, never an object of the plugin's.</summary>
internal sealed class PluginLoggerFactory(ILoggerFactory host) : ILoggerFactory
{
    private volatile bool _closed;

    public ILogger CreateLogger(string categoryName) => new PluginLogger(host.CreateLogger(categoryName), this);

    /// <summary>A plugin cannot add providers to the host: they would keep it in memory.</summary>
    public void AddProvider(ILoggerProvider provider)
        => throw new NotSupportedException("A plugin cannot add logging providers to its host. Log through ILogger instead.");

    /// <summary>Cuts every logger of the plugin: what is logged from now on is dropped.</summary>
    public void Dispose() => _closed = true;

    private sealed class PluginLogger(ILogger inner, PluginLoggerFactory owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => inner.BeginScope(state.ToString() ?? string.Empty);

        public bool IsEnabled(LogLevel logLevel) => !owner._closed && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel)) return;
            var text = formatter(state, exception);
            if (exception is not null) text = $"{text}{Environment.NewLine}{exception}";
            var asText = new TextState(ShownText.EscapeLines(text), Properties(state));
            inner.Log(logLevel, eventId, asText, null, static (s, _) => s.Text);
        }

        private static KeyValuePair<string, object?>[] Properties<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> pairs
            ? [.. pairs.Select(static p => new KeyValuePair<string, object?>(p.Key, p.Value?.ToString() is { } value ? ShownText.EscapeLines(value) : null))]
            : [];
    }

    private sealed class TextState(string text, KeyValuePair<string, object?>[] properties) : IReadOnlyList<KeyValuePair<string, object?>>
    {
        public string Text => text;

        public int Count => properties.Length;

        public KeyValuePair<string, object?> this[int index] => properties[index];

        public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)properties).GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => properties.GetEnumerator();

        public override string ToString() => text;
    }
}
