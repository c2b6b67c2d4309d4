namespace CloudSage.Plugins;

/// <summary>What a plugin is for. The manifest's <c>type</c>.</summary>
public enum PluginType
{
    /// <summary><c>cloud-adapter</c>: reads a provider's billing data and translates it to FOCUS records.</summary>
    CloudAdapter,

    /// <summary><c>optimizer</c>: finds savings.</summary>
    Optimizer,

    /// <summary><c>notifier</c>: tells people or systems about alerts.</summary>
    Notifier,

    /// <summary><c>integration</c>: exchanges records with another system.</summary>
    Integration,
}
