namespace CloudSage.PluginHost.Registration;

/// <summary>What the operator grants. Nothing is granted that a manifest does not ask for, and by default nothing at all.</summary>
public sealed class PermissionOptions
{
    /// <summary>Grants every plugin whatever its manifest asks for. For development only: with it, a manifest decides. Default: false.</summary>
    public bool GrantDeclared { get; set; }

    /// <summary>The permissions granted, by plugin name. The name <c>*</c> stands for every plugin.</summary>
    public Dictionary<string, List<string>> Grants { get; } = new(StringComparer.OrdinalIgnoreCase);
}
