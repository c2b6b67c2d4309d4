using Microsoft.Extensions.Logging;

namespace CloudSage.Analysis.Capabilities;

internal static partial class Log
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "{Finding}")]
    public static partial void InventoryTrouble(ILogger logger, string finding);
}
