namespace CloudSage.PluginHost.NuGet;

/// <summary>Where packages come from and what is asked of them. The worker binds it from the configuration section <c>PluginHost:Packages</c>.</summary>
public sealed class PackageOptions
{
    /// <summary>The name of the part of the section <c>PluginHost</c>.</summary>
    public const string SectionName = "Packages";

    /// <summary>
    /// The folder from which NuGet.Config is looked for, upwards and then at the user's and the machine's places, as NuGet does. Default: the process'
    /// working directory.
    /// </summary>
    public string SettingsRoot { get; set; } = ".";

    /// <summary>One NuGet.Config that is read instead of those; null, the default, for none.</summary>
    public string? SettingsFile { get; set; }

    /// <summary>
    /// Where packages are kept for the next time, laid out as NuGet does. Null, the default, takes NuGet's global packages folder; that and NuGet's fallback
    /// folders are looked into in any case, so a package that is there needs no feed.
    /// </summary>
    public string? CacheDirectory { get; set; }

    /// <summary>How long one question to a source may take, retries included. Default: 60 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long the download of one package may take. Default: 5 min.</summary>
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether a source that does not answer is only warned of. Which packages are found then depends on the hour. Default: false.</summary>
    public bool SkipFailedSources { get; set; }

    /// <summary>Whether every package must be signed. Default: <see cref="SignatureMode.Accept"/>.</summary>
    public SignatureMode Signatures { get; set; } = SignatureMode.Accept;

    /// <summary>Who may have signed where signatures are required. Empty, the default, means whoever this machine trusts.</summary>
    public IList<PackageSigner> Signers { get; } = [];

    /// <summary>
    /// Whether the authorities are asked if signers' certificates were revoked; <c>NUGET_CERT_REVOCATION_MODE=offline</c> forbids it too. Where they are not
    /// asked, or cannot be, the plan says so. Default: true.
    /// </summary>
    public bool AsksForRevocations { get; set; } = true;

    /// <summary>The platforms, as .NET names them (<c>linux-x64</c>), whose libraries are installed. Empty, the default, means this machine's.</summary>
    public IList<string> Platforms { get; } = [];

    /// <summary>The most bytes that the folder of one plugin may have. Default: 1 GiB.</summary>
    public long MaxFolderBytes { get; set; } = 1L << 30;
}
