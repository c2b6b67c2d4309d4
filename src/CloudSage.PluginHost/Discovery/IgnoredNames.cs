namespace CloudSage.PluginHost.Discovery;

/// <summary>Names that are never part of a plugin.</summary>
internal static class IgnoredNames
{
    /// <summary>Hidden and temporary names directly in a plugin directory: what editors, copy tools and version control leave there.</summary>
    public static bool InDirectory(string name) => name[0] is '.' or '~' || name.EndsWith('~');

    /// <summary>Inside a plugin only what surely is not content; libraries of other languages do have folders that begin with a dot.</summary>
    public static bool InsidePlugin(string name) => name is ".git" or ".DS_Store" or "Thumbs.db";
}
