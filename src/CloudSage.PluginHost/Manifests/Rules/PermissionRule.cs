namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Permissions are ones that the host knows, each asked for once.</summary>
internal sealed class PermissionRule(KnownNames known) : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        var names = document.Root.ItemsWith("permissions", "name").Select(static p => p.Value).ToList();
        foreach (var name in names.Where(name => !name.Text.AsSpan().IsWhiteSpace() && !known.Permissions.Contains(name.Text)))
            yield return Finding.Error(
                ManifestCodes.Permission,
                $"The permission {ShownText.Quote(name.Text)} is unknown.",
                NearestName.Suggest(name.Text, known.Permissions),
                name.At);
        foreach (var finding in Duplicates.Find(names, "The permission", StringComparer.Ordinal)) yield return finding;
    }
}
