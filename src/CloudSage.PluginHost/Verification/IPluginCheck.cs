using CloudSage.PluginHost.Manifests;
using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Verification;

/// <summary>
/// A check that a plugin must pass before anything of it is loaded, besides the host's own rules: of a package, or of the embedder's. Register it as a
/// service of the application; all that are registered are asked, one after another.
/// </summary>
public interface IPluginCheck
{
    /// <summary>The step of the way in that the check belongs to. Default: <see cref="RegistrationStep.Checks"/>.</summary>
    RegistrationStep Step => RegistrationStep.Checks;

    /// <summary>Whether a host with a lenient policy only warns of what the check calls an error. Default: false, an error always refuses.</summary>
    bool YieldsToPolicy => false;

    /// <summary>
    /// Tells when the check may judge otherwise than before, because what it judges by has changed: what was let in and what was refused is then examined again,
    /// by the checks of this step alone. A plugin that runs goes on meanwhile. Must not throw. Default: null, a judgement stands until the plugin changes.
    /// </summary>
    /// <returns>A token that changes once; it is asked for anew after each change. Null where nothing will change.</returns>
    IChangeToken? GetChangeToken() => null;

    /// <summary>
    /// Whether an error that the check finds about a plugin that runs already takes it out of service. It comes back by itself when the check no longer finds it. Default:
    /// false, the plugin goes on until its content changes or the host starts anew, and the finding is shown as a warning.
    /// </summary>
    /// <param name="finding">An error that the check found.</param>
    /// <returns>Whether the plugin is drained and unloaded.</returns>
    bool Withdraws(Finding finding) => false;

    /// <summary>Examines a plugin. What it throws refuses the plugin (<c>CSG1371</c>), save for a cancellation.</summary>
    /// <param name="plugin">The plugin, as it is staged: exactly the files that will be loaded.</param>
    /// <param name="cancellationToken">The host stops, or has lost interest.</param>
    /// <returns>What was found; an error keeps the plugin from being used, and a version that serves goes on serving.</returns>
    ValueTask<IReadOnlyList<Finding>> CheckAsync(PluginCheckSubject plugin, CancellationToken cancellationToken);
}

/// <summary>A plugin that is to be checked.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Directory">The folder with its files, which nobody changes any more.</param>
/// <param name="Hash">What identifies this content: the SHA-256 over all names and contents, in lower-case hexadecimal digits.</param>
/// <param name="Source">The file or folder in the plugin directory that it came from.</param>
public sealed record PluginCheckSubject(PluginManifest Manifest, string Directory, string Hash, string Source)
{
    /// <summary>Whether the operator granted the plugin a permission. While it is being registered everything counts as granted, for that is asked last.</summary>
    public Func<string, bool> IsGranted { get; init; } = static _ => false;
}
