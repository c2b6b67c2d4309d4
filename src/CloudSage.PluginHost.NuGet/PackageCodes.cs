namespace CloudSage.PluginHost.NuGet;

/// <summary>What may be wrong with packages and their sources. Listed in docs/diagnostics.md. Strict and lenient hosts alike refuse what is an error.</summary>
internal static class PackageCodes
{
    /// <summary>The id, the version or a signer that was asked for cannot be read. Correct it.</summary>
    public const string BadRequest = "CSG2600";

    /// <summary>A NuGet.Config cannot be read. Mend it as the message says.</summary>
    public const string BadSettings = "CSG2601";

    /// <summary>No source may offer the package: none is configured, or none is mapped to it. Add one, or map it.</summary>
    public const string NoSource = "CSG2602";

    /// <summary>A source does not answer, or not in time. See to it, or leave it out with the sources that are named. A warning where the host skips failed sources and another may have the package.</summary>
    public const string SourceFails = "CSG2603";

    /// <summary>A source refuses access. Put its credentials into NuGet.Config.</summary>
    public const string SourceRefuses = "CSG2604";

    /// <summary>A source is reached over plain HTTP. Use HTTPS, or allow it in NuGet.Config.</summary>
    public const string SourceInsecure = "CSG2605";

    /// <summary>No source has the package, or none has such a version. Correct id, version or sources.</summary>
    public const string NotFound = "CSG2606";

    /// <summary>What a source gave is not the package that was asked for. Tell whoever runs the source.</summary>
    public const string OtherPackage = "CSG2607";

    /// <summary>The package is not the one whose hash the source states: damaged on the way, or replaced. Try again, then tell whoever runs the source.</summary>
    public const string HashDiffers = "CSG2608";

    /// <summary>A package in the cache was changed since it was put there. Delete its folder.</summary>
    public const string CacheDamaged = "CSG2609";

    /// <summary>The package is not one, or is damaged. Fetch or build it again.</summary>
    public const string Damaged = "CSG2610";

    /// <summary>The source that the plugin came from may not be used any more. Allow it in NuGet.Config, or name the source to take it from now.</summary>
    public const string SourceNotAllowed = "CSG2611";

    /// <summary>Another source gave other bytes as the same version of the same package. Find out which are its author's.</summary>
    public const string SourcesDiffer = "CSG2612";

    /// <summary>The plugin came from another source so far. A warning where the operator named the new one, which the lock file has then; refused where nobody did: name the source that is meant.</summary>
    public const string SourceChanged = "CSG2613";

    /// <summary>A package that the plugin needs is on no source. Add the source that has it.</summary>
    public const string DependencyNotFound = "CSG2620";

    /// <summary>No version of a package suits everything that needs it. Use versions of the named packages that agree.</summary>
    public const string DependencyConflict = "CSG2621";

    /// <summary>The plugin needs a newer version of something that the host provides. Update the host, or take an older version of the plugin.</summary>
    public const string HostTooOld = "CSG2622";

    /// <summary>The plugin refuses the version of something that the host provides. Take a version of the plugin that accepts it.</summary>
    public const string HostRefused = "CSG2623";

    /// <summary>A package has nothing for this host's framework. Take a version that has.</summary>
    public const string NoAssets = "CSG2624";

    /// <summary>Two packages bring a file of the same name. The one of the package nearer to the plugin is used; check that it is the right one.</summary>
    public const string FileTwice = "CSG2625";

    /// <summary>The package does not say that it is a plugin. Its author adds the package type CloudSagePlugin.</summary>
    public const string NotAPlugin = "CSG2630";

    /// <summary>The package has no manifest, or more than one. Its author puts one manifest.yaml into it.</summary>
    public const string Manifest = "CSG2631";

    /// <summary>The manifest's name is not that of the package. Its author names the plugin as the package, in lower case with hyphens.</summary>
    public const string NameDiffers = "CSG2632";

    /// <summary>The manifest's version is not that of the package. Its author writes the same into both.</summary>
    public const string VersionDiffers = "CSG2633";

    /// <summary>The package does not have the entry point that its manifest names. Its author corrects it.</summary>
    public const string EntryMissing = "CSG2634";

    /// <summary>A package is unsigned. Take a signed one, or accept unsigned packages. Information where signatures are not required.</summary>
    public const string Unsigned = "CSG2640";

    /// <summary>A signature does not hold: the package was changed after it was signed, or the signature is broken. Fetch it again.</summary>
    public const string SignatureBroken = "CSG2641";

    /// <summary>None of a package's signers is pinned or trusted. Pin the signer if it is the right one. Information where signatures are not required.</summary>
    public const string SignerUnknown = "CSG2642";

    /// <summary>It is not known whether a signer's certificate was revoked, mostly for lack of a network. Verify it online.</summary>
    public const string RevocationUnknown = "CSG2643";

    /// <summary>A file of a package has a path that is not safe. Do not use the package.</summary>
    public const string UnsafePath = "CSG2650";

    /// <summary>The plugin is larger than the host allows. Raise the limit if that is right.</summary>
    public const string TooLarge = "CSG2651";

    /// <summary>A package was changed between plan and installation. Make the plan again.</summary>
    public const string Changed = "CSG2652";

    /// <summary>The plugin's folder cannot be written. See to space and access rights.</summary>
    public const string CannotWrite = "CSG2653";
}
