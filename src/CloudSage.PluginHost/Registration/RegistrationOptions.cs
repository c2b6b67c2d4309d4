namespace CloudSage.PluginHost.Registration;

/// <summary>How plugins get in. What a change means for plugins that run: docs/registration.md.</summary>
public sealed class RegistrationOptions
{
    /// <summary>The environment of this host, such as <c>staging</c>. Default: the application's own; where it has none, <c>Production</c>.</summary>
    public string Environment { get; set; } = string.Empty;

    /// <summary>
    /// Whether what is doubtful is refused or only warned of: content that is not in the lock file or differs from it, what scans and advisories object to, an
    /// environment that the plugin does not support. Default: lenient in the environment <c>Development</c>, strict in every other.
    /// </summary>
    public RegistrationPolicy Policy { get; set; }

    /// <summary>Lets only in what is in the lock file of its folder, even where there is no lock file. Default: false.</summary>
    public bool RequireLock { get; set; }

    /// <summary>The audit log. Default: <c>audit.jsonl</c> in the state directory.</summary>
    public string AuditFile { get; set; } = string.Empty;

    /// <summary>Whether what is doubtful is refused, by policy and environment.</summary>
    /// <returns>True where it is refused; false where it is only warned of.</returns>
    public bool IsStrict() => Policy == RegistrationPolicy.Strict || (Policy == RegistrationPolicy.ByEnvironment && !string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What is done about what is doubtful.</summary>
public enum RegistrationPolicy
{
    /// <summary>Lenient in the environment <c>Development</c>, strict in every other.</summary>
    ByEnvironment,

    /// <summary>It is let in with a warning that says what a strict host refuses.</summary>
    Lenient,

    /// <summary>It is refused.</summary>
    Strict,
}
