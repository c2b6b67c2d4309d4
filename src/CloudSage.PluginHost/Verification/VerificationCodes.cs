namespace CloudSage.PluginHost.Verification;

/// <summary>The findings of this room, CSG1300 to CSG1399.</summary>
internal static class VerificationCodes
{
    /// <summary>The entry file is not among the plugin's files. Add it, or correct entry_point.</summary>
    public const string EntryFileMissing = "CSG1301";

    /// <summary>The host has no runtime for the plugin's language. Add the runtime to the host, or correct runtime.language.</summary>
    public const string RuntimeMissing = "CSG1302";

    /// <summary>The host's version is outside the range of the manifest's engine. Use a host of that range, or a plugin version for this one.</summary>
    public const string HostOutsideRange = "CSG1303";

    /// <summary>The manifest's engine cannot be read as a range. Write it as '&gt;=1.0 &lt;2'.</summary>
    public const string HostRangeUnreadable = "CSG1304";

    /// <summary>The entry file is empty or cut off. Copy it again.</summary>
    public const string EntryTruncated = "CSG1311";

    /// <summary>The entry file is a native library or no library at all. Name the plugin's own .NET assembly in entry_point.</summary>
    public const string EntryNotManaged = "CSG1312";

    /// <summary>The entry assembly mixes .NET and native code. Build it as pure .NET code.</summary>
    public const string EntryMixedMode = "CSG1313";

    /// <summary>The entry assembly is a reference assembly, without code. Use the file of the build output's bin folder.</summary>
    public const string EntryReferenceOnly = "CSG1314";

    /// <summary>The entry assembly is damaged. Build and copy it again.</summary>
    public const string EntryDamaged = "CSG1315";

    /// <summary>The entry assembly demands a 32-bit process. Build it for AnyCPU.</summary>
    public const string EntryNeeds32Bit = "CSG1316";

    /// <summary>The plugin is built for a newer .NET than the host runs on. Update the host's .NET, or target an older one.</summary>
    public const string FrameworkTooNew = "CSG1321";

    /// <summary>The plugin is built for a platform that the host is not, such as .NET Framework. Target the host's .NET.</summary>
    public const string FrameworkForeign = "CSG1322";

    /// <summary>The entry assembly references no contract assembly. Reference CloudSage.Plugins.Abstractions and implement an extension point.</summary>
    public const string ContractNotReferenced = "CSG1331";

    /// <summary>The plugin is built against a contract version that the host does not have. Build it against the host's, or update the host.</summary>
    public const string ContractIncompatible = "CSG1332";

    /// <summary>The plugin needs a higher version of an assembly that the host shares with it. Reference the host's version, or update the host.</summary>
    public const string SharedTooOld = "CSG1333";

    /// <summary>The plugin ships copies of assemblies that the host shares; they are ignored. Leave them out.</summary>
    public const string SharedCopyIgnored = "CSG1334";

    /// <summary>Assemblies that the plugin references are neither shipped nor part of the host. Publish the plugin and copy its whole output.</summary>
    public const string DependencyMissing = "CSG1341";

    /// <summary>The plugin ships a lower version of an assembly than is referenced. Ship the higher version.</summary>
    public const string DependencyTooOld = "CSG1342";

    /// <summary>An assembly that the plugin ships is damaged. Copy it again.</summary>
    public const string DependencyDamaged = "CSG1343";

    /// <summary>The entry type is not in the entry assembly. Correct entry_type.</summary>
    public const string EntryTypeMissing = "CSG1351";

    /// <summary>The entry type is not a public, concrete, non-generic class. Make it one.</summary>
    public const string EntryTypeUnfit = "CSG1352";

    /// <summary>No public class can serve as the plugin. Implement an extension point on a public class.</summary>
    public const string NoEntryType = "CSG1353";

    /// <summary>Several public classes implement extension points. Add entry_type to the manifest.</summary>
    public const string SeveralEntryTypes = "CSG1354";

    /// <summary>An assembly has code that runs as soon as anything of it is used. Look at what it does.</summary>
    public const string ModuleInitializer = "CSG1361";

    /// <summary>A check that was added to the host failed itself, so nothing is known. Mend what it needs, then retry the plugin.</summary>
    public const string CheckFailed = "CSG1371";
}
