namespace CloudSage.PluginHost.Advisories;

/// <summary>What is known of a plugin's packages. Only <see cref="Clean"/> is good news; what could not be looked at is never called clean.</summary>
public enum AdvisoryVerdict
{
    /// <summary>Every package was looked up in a database that is fresh, and none is affected.</summary>
    Clean,

    /// <summary>At least one package is affected, and no waiver covers it.</summary>
    Vulnerable,

    /// <summary>Nothing affected was found, but there is no database, it is damaged, or some package could not be told.</summary>
    NotScanned,

    /// <summary>Nothing affected was found, in a database that is older than allowed, or that tells of no day but such as are still to come.</summary>
    DatabaseStale,
}
