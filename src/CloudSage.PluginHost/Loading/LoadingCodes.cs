namespace CloudSage.PluginHost.Loading;

/// <summary>What can go wrong while a verified plugin is loaded.</summary>
internal static class LoadingCodes
{
    /// <summary>The entry assembly cannot be loaded by the runtime. The message is the runtime's; rebuild the plugin for this host.</summary>
    public const string CannotLoad = "CSG1501";

    /// <summary>The types of the entry assembly cannot be loaded, mostly because a dependency is missing or has another version.</summary>
    public const string CannotReadTypes = "CSG1502";

    /// <summary>No public class implements an extension point. Implement one, or correct <c>entry_type</c>.</summary>
    public const string NoEntryType = "CSG1503";

    /// <summary>Several public classes implement extension points. Name the one to use in <c>entry_type</c>.</summary>
    public const string SeveralEntryTypes = "CSG1504";

    /// <summary>The class that <c>entry_type</c> names cannot be created: it is missing, abstract, generic or not public.</summary>
    public const string UnusableEntryType = "CSG1505";

    /// <summary>The manifest declares an extension point that the code does not implement.</summary>
    public const string DeclaredPointMissing = "CSG1506";
}
