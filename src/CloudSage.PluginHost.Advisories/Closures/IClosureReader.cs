namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>Finds the packages of one ecosystem in a plugin's files.</summary>
internal interface IClosureReader
{
    /// <summary>Reads what the plugin's files say, and adds it to the closure.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    void Read(PluginFolder folder, PackageClosure closure);
}
