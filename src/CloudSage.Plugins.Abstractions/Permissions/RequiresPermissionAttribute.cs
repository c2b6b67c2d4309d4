namespace CloudSage.Plugins.Permissions;

/// <summary>Marks a host contract as a capability: only a plugin that was granted the permission can have it injected.</summary>
/// <param name="permission">The permission's name, as manifests write it.</param>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class RequiresPermissionAttribute(string permission) : Attribute
{
    /// <summary>The permission's name, as manifests write it.</summary>
    public string Permission { get; } = permission;
}
