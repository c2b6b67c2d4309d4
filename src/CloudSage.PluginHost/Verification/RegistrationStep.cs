namespace CloudSage.PluginHost.Verification;

/// <summary>The steps of a plugin's way in, in order.</summary>
public enum RegistrationStep
{
    /// <summary>Its files are taken into the store, and its manifest is read.</summary>
    Manifest,

    /// <summary>Its content is held against the lock file, its signature checked.</summary>
    Integrity,

    /// <summary>Host, contracts, libraries, frameworks and runtimes are those that it needs.</summary>
    Compatibility,

    /// <summary>What its code reaches for is held against what its manifest declares.</summary>
    Scan,

    /// <summary>Its packages are held against known vulnerabilities.</summary>
    Advisories,

    /// <summary>Checks of the embedder's.</summary>
    Checks,

    /// <summary>What it asks for is held against what was granted.</summary>
    Permissions,
}
