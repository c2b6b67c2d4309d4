using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>What became of one file or folder in a plugin directory. Only the coordinator's loop touches it.</summary>
/// <param name="path">The file or folder.</param>
/// <param name="accepted">Told when other content is accepted.</param>
internal sealed class TrackedCandidate(string path, Action? accepted = null)
{
    private PreparedPlugin? _accepted;

    public string Path { get; } = path;

    public ReadinessState Readiness { get; set; }

    /// <summary>The fingerprint at the last look.</summary>
    public string? SeenFingerprint { get; set; }

    /// <summary>The fingerprint that was last prepared; null before the first.</summary>
    public string? PreparedFingerprint { get; set; }

    public bool IsPreparing { get; set; }

    /// <summary>Whether what it is judged by has changed while it was being prepared.</summary>
    public bool IsOvertaken { get; set; }

    /// <summary>Whether what was accepted is being examined again.</summary>
    public bool IsReviewing { get; set; }

    /// <summary>Steps whose checks may judge otherwise than when it was last examined.</summary>
    public ISet<RegistrationStep> ToReview { get; } = new HashSet<RegistrationStep>();

    /// <summary>When it vanished; null while it is there.</summary>
    public DateTimeOffset? VanishedAt { get; set; }

    /// <summary>Whether something may still come of it without anybody's doing.</summary>
    public bool IsUnsettled => IsPreparing || IsReviewing || VanishedAt is not null || Readiness == ReadinessState.Settling;

    /// <summary>The newest content that was found fit to load. Stays while newer content is refused.</summary>
    public PreparedPlugin? Accepted
    {
        get => _accepted;
        set
        {
            _accepted = value;
            accepted?.Invoke();
        }
    }

    /// <summary>Why the newest content is incomplete or refused; empty where it was accepted.</summary>
    public IReadOnlyList<Finding> Refusal => Incompleteness.Count > 0 ? Incompleteness : Objections;

    /// <summary>Why it is incomplete; empty again as soon as it is complete, with whatever content.</summary>
    public IReadOnlyList<Finding> Incompleteness { get; set; } = [];

    /// <summary>Why the content that was last prepared was refused; empty where it was accepted.</summary>
    public IReadOnlyList<Finding> Objections { get; set; } = [];

    /// <summary>What was found of the content that was last prepared, refused or not.</summary>
    public IReadOnlyList<Finding> Judgement => Objections.Count > 0 ? Objections : Accepted?.Descriptor.Warnings ?? [];

    /// <summary>Whether its refusal was told, and nothing better since.</summary>
    public bool IsToldRefused { get; set; }

    /// <summary>The name that the refused content gives itself, where its manifest could be read.</summary>
    public string? RefusedName { get; set; }

    /// <summary>The plugin's name; while that is unknown, the name of its file without extension, or of its folder.</summary>
    public string Name => Accepted?.Descriptor.Name ?? RefusedName ?? CandidateName.Of(Path);

    /// <summary>Nothing of it is fit to load any more.</summary>
    /// <param name="name">The name that its content gives itself.</param>
    /// <param name="findings">Why.</param>
    public void Refuse(string name, IReadOnlyList<Finding> findings) => (Accepted, Objections, RefusedName) = (null, findings, name);
}
