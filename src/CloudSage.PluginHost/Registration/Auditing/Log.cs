using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Registration.Auditing;

internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Error, "The audit log '{File}' cannot be written: {Message} What happens until it can be again is only counted there")]
    public static partial void AuditNotWritten(this ILogger logger, string file, string message);
}
