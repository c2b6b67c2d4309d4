using System.Reflection;

namespace CloudSage.PluginHost;

/// <summary>A failure inside a plugin, as text: the host keeps no exception, for an exception keeps its plugin in memory.</summary>
/// <param name="Code">The stable code, listed in docs/diagnostics.md.</param>
/// <param name="ExceptionType">The full name of the exception's type.</param>
/// <param name="Message">The exception's message.</param>
/// <param name="Detail">The exception's text with its stack, cut to 8,192 characters.</param>
/// <param name="At">When it happened, UTC.</param>
public sealed record PluginFault(string Code, string ExceptionType, string Message, string Detail, DateTimeOffset At)
{
    private const int MaxMessage = 1_024;
    private const int MaxDetail = 8_192;

    /// <summary>Turns an exception to text. Asking a foreign exception for its text is itself a call into the plugin and may throw.</summary>
    internal static PluginFault From(string code, Exception exception, DateTimeOffset at)
    {
        var type = exception.GetType().FullName ?? exception.GetType().Name;
        return new PluginFault(code, type, Text(() => Told(exception), MaxMessage), Text(exception.ToString, MaxDetail), at);
    }

    /// <summary>Of an exception that only says that another was thrown, what that other says too.</summary>
    private static string Told(Exception exception)
        => exception is TypeInitializationException or TargetInvocationException && exception.InnerException is { } cause
            ? $"{exception.Message} {cause.GetType().Name}: {Told(cause)}"
            : exception.Message;

    private static string Text(Func<string> read, int max)
    {
        try
        {
            var text = read() ?? string.Empty;
            return text.Length <= max ? text : text[..max];
        }
        catch (Exception e)
        {
            // The plugin's exception overrides Message or ToString and throws there: its type name is all that can be had.
            return $"({e.GetType().Name} while reading the exception's text)";
        }
    }
}
