using NuGet.Common;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>Keeps what NuGet last said of trouble. Of a download that fails it gives the reason to its log alone, and answers as if the package were not there.</summary>
internal sealed class LastWords : LoggerBase
{
    private const int Longest = 500;

    /// <summary>The first line; null where there was no trouble.</summary>
    public string? Text { get; private set; }

    public override void Log(ILogMessage message)
    {
        if (message.Level != LogLevel.Error) return;
        var line = message.Message.Split('\n')[^1].Trim();
        Text = line.Length <= Longest ? line : line[..Longest];
    }

    public override Task LogAsync(ILogMessage message)
    {
        Log(message);
        return Task.CompletedTask;
    }
}
