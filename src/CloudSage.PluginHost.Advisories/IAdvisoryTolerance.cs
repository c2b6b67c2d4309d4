namespace CloudSage.PluginHost.Advisories;

/// <summary>
/// Knows content of plugins that is used though it is vulnerable, with warnings, for the alternative is known to be worse. Register it as a service; what any of them
/// tolerates is tolerated.
/// </summary>
public interface IAdvisoryTolerance
{
    /// <summary>Whether a plugin's content is used though it is vulnerable.</summary>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="hash">What identifies its content, as in <c>plugins.lock</c>.</param>
    /// <returns>Whether it is.</returns>
    bool Tolerates(string plugin, string hash);
}
