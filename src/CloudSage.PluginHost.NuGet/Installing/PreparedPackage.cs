using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Registration.Placing;

namespace CloudSage.PluginHost.NuGet.Installing;

/// <summary>
/// A complete plugin folder that lies hidden beside its place, ready to be renamed into it, and the facts about it. Disposing deletes the folder, unless it
/// was moved away.
/// </summary>
public sealed class PreparedPackage : IDisposable
{
    private readonly IncomingFolder _folder;

    internal PreparedPackage(IncomingFolder folder, PackagePlan plan) => (_folder, Plan) = (folder, plan);

    /// <summary>The folder. It is on the same volume as its place, so a rename puts it there at once.</summary>
    public string Folder => _folder.Path;

    /// <summary>What it was made of: every package with version, source, hash, licence and signers. The plugin's own package is the first.</summary>
    public PackagePlan Plan { get; }

    /// <summary>The plugin's manifest.</summary>
    public PluginManifest Manifest => Plan.Manifest!;

    /// <summary>The plugin's own package.</summary>
    public PlannedPackage Package => Plan.Packages[0];

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();
}

/// <summary>A prepared plugin, or why there is none.</summary>
/// <param name="Plugin">The plugin; to be disposed of. Null where a finding is an error.</param>
/// <param name="Findings">What was found.</param>
public sealed record PackagePreparation(PreparedPackage? Plugin, IReadOnlyList<Finding> Findings);
