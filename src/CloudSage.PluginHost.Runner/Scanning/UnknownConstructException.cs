namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Metadata that no compiler writes, or that this scanner does not know: what cannot be read cannot be let in.</summary>
internal sealed class UnknownConstructException(string message) : Exception(message);
