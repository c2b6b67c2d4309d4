namespace CloudSage.PluginHost.Brokering;

/// <summary>How plugins are called.</summary>
public sealed class BrokerOptions
{
    /// <summary>How long a call may take, or a stream may take from one item to the next, where the call names no deadline. Default: 100 s.</summary>
    public TimeSpan CallDeadline { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>After how many failed calls in a row a plugin's calls are refused. Default: 5.</summary>
    public int FaultThreshold { get; set; } = 5;

    /// <summary>How long they are refused before one call is let through to try. Default: 30 s.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(30);
}
