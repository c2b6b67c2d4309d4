using CloudSage.PluginHost.Manifests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.PluginHost.Activation;

/// <summary>The host's logging, as one plugin sees it: what reaches the host's providers is text, never an object of the plugin's.</summary>
internal sealed class PluginLoggerFactory(ILoggerFactory host) : ILoggerFactory
{
    private readonly Dictionary<string, PluginLogger> _loggers = new(StringComparer.Ordinal);
    private ILoggerFactory? _host = host;

    public ILogger CreateLogger(string categoryName)
    {
        lock (_loggers)
        {
            if (_host is null) return NullLogger.Instance;
            if (!_loggers.TryGetValue(categoryName, out var logger)) _loggers[categoryName] = logger = new PluginLogger(_host.CreateLogger(categoryName));
            return logger;
        }
    }

    /// <summary>A plugin cannot add providers to the host: they would keep it in memory.</summary>
    public void AddProvider(ILoggerProvider provider)
        => throw new NotSupportedException("A plugin cannot add logging providers to its host. Log through ILogger instead.");

    /// <summary>Cuts every logger of the plugin, and those it makes from now on: what is logged is dropped, and nothing of the host's is held.</summary>
    public void Dispose()
    {
        lock (_loggers)
        {
            _host = null;
            foreach (var logger in _loggers.Values) logger.Cut();
            _loggers.Clear();
        }
    }

    private sealed class PluginLogger(ILogger inner) : ILogger
    {
        private volatile ILogger? _inner = inner;

        public void Cut() => _inner = null;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _inner?.BeginScope(ShownText.EscapeLines(state.ToString() ?? string.Empty));

        public bool IsEnabled(LogLevel logLevel) => _inner?.IsEnabled(logLevel) ?? false;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (_inner is not { } inner || !inner.IsEnabled(logLevel)) return;
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
