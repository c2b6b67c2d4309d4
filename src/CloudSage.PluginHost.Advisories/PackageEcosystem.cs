namespace CloudSage.PluginHost.Advisories;

/// <summary>Where packages come from, by the names that the <see href="https://ossf.github.io/osv-schema/#defined-ecosystems">OSV schema</see> defines.</summary>
public enum PackageEcosystem
{
    /// <summary>.NET packages of nuget.org and other v3 feeds.</summary>
    NuGet,

    /// <summary>JavaScript packages of the npm registry.</summary>
    Npm,

    /// <summary>Python packages of the Python Package Index.</summary>
    PyPI,

    /// <summary>Go modules.</summary>
    Go,
}
