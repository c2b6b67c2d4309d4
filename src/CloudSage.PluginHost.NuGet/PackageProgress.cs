namespace CloudSage.PluginHost.NuGet;

/// <summary>What is done now, with which package.</summary>
/// <param name="Step">The step that begins.</param>
/// <param name="Package">The package: its id, and its version where that is known.</param>
public sealed record PackageProgress(PackageStep Step, string Package);

/// <summary>A step on a package's way into a plugin's folder. Several packages are downloaded at once, so steps of different packages overlap.</summary>
public enum PackageStep
{
    /// <summary>The sources are asked which versions of the plugin's package there are.</summary>
    Choose,

    /// <summary>A package is downloaded.</summary>
    Download,

    /// <summary>What was downloaded is compared with what the source states, and looked through.</summary>
    Examine,

    /// <summary>It is kept in the cache.</summary>
    Keep,

    /// <summary>The signatures of a package are verified.</summary>
    Verify,

    /// <summary>What the plugin's package needs is gathered and resolved.</summary>
    Resolve,

    /// <summary>Files are chosen for this host's framework and platform.</summary>
    Select,

    /// <summary>The files of a package are written into the plugin's folder.</summary>
    Write,

    /// <summary>The folder is flushed to the disk.</summary>
    Flush,
}
