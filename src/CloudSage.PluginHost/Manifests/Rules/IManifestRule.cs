namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>One thing that must be so in a manifest. Rules see a document in canonical form and know nothing of each other.</summary>
internal interface IManifestRule
{
    /// <summary>Finds every place where it is not so.</summary>
    IEnumerable<Finding> Check(ManifestDocument document);
}
