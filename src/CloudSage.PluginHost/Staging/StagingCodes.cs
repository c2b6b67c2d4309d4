namespace CloudSage.PluginHost.Staging;

/// <summary>The findings of this room, CSG1200 to CSG1299.</summary>
internal static class StagingCodes
{
    /// <summary>Another host uses the store. Stop it, or give this host a StoreDirectory of its own.</summary>
    public const string StoreInUse = "CSG1201";

    /// <summary>The store cannot be opened. Make its directory writable for the host's account.</summary>
    public const string StoreUnusable = "CSG1202";

    /// <summary>The plugin changed while it was copied to the store. Nothing to do; the host looks again.</summary>
    public const string ChangedWhileStaging = "CSG1203";

    /// <summary>A file of the plugin cannot be read. Give the host's account read access.</summary>
    public const string SourceUnreadable = "CSG1204";

    /// <summary>The store cannot be written. Free space on its disk or make it writable.</summary>
    public const string StoreUnwritable = "CSG1205";

    /// <summary>Files in the store were altered since they were staged, and were replaced. Find out what writes there.</summary>
    public const string StoreEntryDamaged = "CSG1206";

    /// <summary>What was to unpack an archive failed. Mend what the message names, then retry the plugin. Refuses in a strict host and in a lenient one.</summary>
    public const string UnpackingFailed = "CSG1207";
}
