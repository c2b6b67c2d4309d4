using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;

namespace CloudSage.Plugins.Testing;

/// <summary>A call into the plugin did not succeed. The message holds what the plugin threw, with its stack, as text.</summary>
public sealed class PluginCallFailedException : Exception
{
    internal PluginCallFailedException(string plugin, CallStatus status, PluginFault? fault)
        : base($"The call of {plugin} {What(status)}: {fault?.Code}: {fault?.ExceptionType}: {fault?.Message}{Environment.NewLine}{fault?.Detail}")
    {
        (Status, Fault) = (status, fault);
    }

    /// <summary>What came of the call.</summary>
    public CallStatus Status { get; }

    /// <summary>The failure.</summary>
    public PluginFault? Fault { get; }

    private static string What(CallStatus status) => status switch
    {
        CallStatus.Faulted => "threw",
        CallStatus.TimedOut => "missed its deadline",
        CallStatus.Cancelled => "was cancelled",
        _ => "was refused",
    };
}
