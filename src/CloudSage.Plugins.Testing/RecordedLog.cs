using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CloudSage.Plugins.Testing;

/// <summary>Keeps what is logged, as text, and shows it to whoever wants to see it.</summary>
internal sealed class RecordedLog(Action<string>? show) : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyList<LogLine> Lines => [.. _lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName, this);

    public void Dispose() { }

    private void Add(LogLine line)
    {
        _lines.Enqueue(line);
        show?.Invoke(line.ToString());
    }

    private sealed class Logger(string category, RecordedLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = formatter(state, exception);
            log.Add(new LogLine(logLevel, category, exception is null ? message : $"{message}{Environment.NewLine}{exception}"));
        }
    }
}
