using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Placing;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Hosting;

/// <summary>A plugin that was examined and may be registered. What is put in place are exactly the files that were examined.</summary>
public sealed class PendingRegistration : IAsyncDisposable
{
    private readonly PluginRegistrar _registrar;
    private readonly FolderWorkspace _workspace;
    private readonly string _source;
    private readonly string _folder;
    private readonly IncomingFolder? _copy;
    private IReadOnlyList<string> _replaced = [];

    internal PendingRegistration(PluginRegistrar registrar, FolderWorkspace workspace, string source)
    {
        (_registrar, _workspace, _source) = (registrar, workspace, source);
        // What was made ready in the workspace is its maker's, and moved as it is; everything else is copied, from whatever file system.
        _copy = workspace.Holds(source) ? null : workspace.Open();
        _folder = _copy?.Path ?? source;
    }

    /// <summary>What the steps found.</summary>
    public RegistrationReport Report { get; private set; } = new(null, null, null, []);

    /// <summary>Its manifest; null where it was refused.</summary>
    public PluginManifest? Manifest { get; private set; }

    /// <summary>How the plugin is registered so far; null where it is not.</summary>
    public LockedPlugin? Before { get; private set; }

    /// <summary>Puts the plugin in place and into the lock file, with what it was granted so far and what is granted now.</summary>
    /// <param name="grants">The permissions to grant; its manifest must ask for them.</param>
    /// <param name="origin">Where it came from, and who signed it; null for a file or folder.</param>
    /// <returns>Why that is not possible; empty where it was done.</returns>
    /// <exception cref="IOException">The folder or the audit log cannot be written; nothing was changed, or what was is taken back or completed by the next change of the folder.</exception>
    public IReadOnlyList<Finding> Commit(IReadOnlyCollection<string> grants, PluginOrigin? origin = null)
    {
        var line = LineFor(grants, origin);
        if (line.Value is not { } locked) return line.Findings;
        var transaction = IsInPlace ? new FolderTransaction(Manifest!.Name, locked) : Placing(locked, _workspace.Leaving());
        return _registrar.Place(transaction, Before, "registered") ?? [Finding.Error(RegistrationCodes.ChangedMeanwhile,
            $"{Manifest!.Name} was registered anew or unregistered while this was decided.", "Look at it again, and decide anew.")];
    }

    /// <summary>What takes the plugin's place is a later version of it, and what was there is kept so that it can be put back.</summary>
    /// <param name="line">What <see cref="LineFor"/> made.</param>
    /// <param name="kept">The folder that what was there is taken to.</param>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="detail">Why.</param>
    /// <returns>As <see cref="PluginRegistrar.Place"/>.</returns>
    internal IReadOnlyList<Finding>? Exchange(LockedPlugin line, string kept, string action, string detail)
        => _registrar.Place(Placing(line, kept) with { KeepsRemoved = true }, Before!, action, detail);

    /// <summary>The names of the entries of the plugin folder that are the plugin so far.</summary>
    internal IReadOnlyList<string> Replaced => _replaced;

    /// <summary>The plugin's line in the lock file, with what it was granted so far and what is granted now; or why it may have none.</summary>
    internal StageResult<LockedPlugin> LineFor(IReadOnlyCollection<string> grants, PluginOrigin? origin)
    {
        if (Manifest is not { } manifest) return StageResult<LockedPlugin>.Failure(Report.Findings);
        string[] asked = [.. manifest.Permissions.Select(static p => p.Name)];
        if (grants.Except(asked, StringComparer.Ordinal).ToArray() is { Length: > 0 } others)
        {
            return StageResult<LockedPlugin>.Failure(Finding.Error(RegistrationCodes.NotAskedFor, $"{manifest.Name} does not ask for {string.Join(", ", others)}.",
                asked.Length == 0 ? "It asks for nothing: grant nothing." : $"It asks for {string.Join(", ", asked)}.", manifest.Locate("permissions")));
        }

        if (OwnerRule.Check(manifest, Before, origin) is { } another) return StageResult<LockedPlugin>.Failure(another);
        return StageResult<LockedPlugin>.Success(new LockedPlugin
        {
            Version = manifest.Version, Hash = Report.Hash!, Origin = origin?.Name, Source = origin?.Source, Range = origin?.Range, Signer = origin?.Signer, Permissions = [.. asked.Order(StringComparer.Ordinal)],
            Grants = [.. (Before?.Grants ?? []).Intersect(asked, StringComparer.Ordinal).Union(grants, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        });
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        _copy?.Dispose();
        return ValueTask.CompletedTask;
    }

    internal async Task ExamineAsync(IServiceProvider rooms, IProgress<StepReport>? progress, CancellationToken cancellationToken)
    {
        var candidate = Candidate(rooms, _source, cancellationToken);
        IReadOnlyList<Finding> incomplete = candidate.Findings.Any(static f => f.Severity == FindingSeverity.Error) ? candidate.Findings
            : [.. candidate.Findings, .. rooms.GetRequiredService<CompletenessCheck>().Check(candidate, cancellationToken)];
        if (incomplete.Any(static f => f.Severity == FindingSeverity.Error))
        {
            Refuse(incomplete, progress);
            return;
        }

        if (IsInPlace && rooms.GetRequiredService<FolderScanner>().Scan(cancellationToken).Candidates.All(c => !c.Path.Equals(_source, PathBoundary.Comparison)))
        {
            Refuse([Finding.Error(RegistrationCodes.NotLookedAt, $"A host does not look at '{_source}'.", "Give it a name that does not begin with a dot, or register it from elsewhere.", new FindingLocation(_source))], progress);
            return;
        }

        IReadOnlyList<Finding> found = [];
        if (!IsInPlace && _copy is not null)
        {
            found = await rooms.GetRequiredService<IncomingPlugin>().CopyAsync(candidate, _folder, cancellationToken).ConfigureAwait(false);
            if (found.Any(static f => f.Severity == FindingSeverity.Error))
            {
                Refuse(found, progress);
                return;
            }

            _copy.Flush();
            candidate = Candidate(rooms, _folder, cancellationToken);
        }

        var context = new PreparationContext { IsRegistering = true, Source = Path.Combine(_workspace.PluginDirectory, Path.GetFileName(_source)), Found = found, Progress = progress };
        var prepared = await rooms.GetRequiredService<PluginPreparation>().PrepareAsync(candidate, context, cancellationToken).ConfigureAwait(false);
        Report = prepared.Report;
        if (prepared.Plugin?.Descriptor.Manifest is not { } manifest) return;
        Manifest = manifest;
        Before = _registrar.Read().Plugins.GetValueOrDefault(manifest.Name);
        _replaced = await rooms.GetRequiredService<PluginEntries>().NamesOfAsync(manifest.Name, cancellationToken).ConfigureAwait(false);
    }

    private FolderTransaction Placing(LockedPlugin line, string leaving) => new(Manifest!.Name, line) { Incoming = _folder, Removed = _replaced, Leaving = leaving };

    private static PluginCandidate Candidate(IServiceProvider rooms, string path, CancellationToken cancellationToken)
        => rooms.GetRequiredService<FolderScanner>().Look(path, cancellationToken) ?? throw new IOException($"'{path}' cannot be read.");

    private void Refuse(IReadOnlyList<Finding> findings, IProgress<StepReport>? progress)
    {
        var step = new StepReport(RegistrationStep.Manifest, findings, TimeSpan.Zero);
        progress?.Report(step);
        Report = new RegistrationReport(null, null, null, [step]);
    }

    /// <summary>Whether it lies in the plugin folder already: then only the lock file changes.</summary>
    private bool IsInPlace => Path.GetDirectoryName(_source) is { } parent && string.Equals(parent, _workspace.PluginDirectory, PathBoundary.Comparison);
}
