namespace CloudSage.PluginHost.Registration;

/// <summary>What is known about a candidate besides its files.</summary>
internal sealed record PreparationContext
{
    /// <summary>What the version of that name that serves now asked for; null where none serves.</summary>
    public Func<string, IReadOnlyCollection<string>?>? Serving { get; init; }

    /// <summary>The path that it will have in a plugin folder, where it is examined elsewhere.</summary>
    public string? Source { get; init; }

    /// <summary>What was found when it was brought into the form that is examined.</summary>
    public IReadOnlyList<Finding> Found { get; init; } = [];

    /// <summary>Whether it is being registered, so that the lock file need not have it yet.</summary>
    public bool IsRegistering { get; init; }

    /// <summary>Hears of each step as it ends.</summary>
    public IProgress<StepReport>? Progress { get; init; }
}

/// <summary>What came of preparing a candidate.</summary>
/// <param name="Plugin">The plugin; null where it was refused.</param>
/// <param name="Report">What the steps found.</param>
internal sealed record Preparation(PreparedPlugin? Plugin, RegistrationReport Report)
{
    /// <summary>The name in its manifest, where that could be read.</summary>
    public string? Name => Report.Plugin;

    /// <summary>Why it was refused, or what else was found.</summary>
    public IReadOnlyList<Finding> Findings => Report.Findings;

    /// <summary>A refusal before any step.</summary>
    public static Preparation Failed(Finding finding) => new(null, new RegistrationReport(null, null, null, [new StepReport(Verification.RegistrationStep.Manifest, [finding], TimeSpan.Zero)]));
}
