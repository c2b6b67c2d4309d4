namespace CloudSage.PluginHost.NuGet.Assets;

/// <summary>A file of a package that a plugin's folder gets.</summary>
/// <param name="Entry">Its path in the package.</param>
/// <param name="Target">Its path in the plugin's folder.</param>
/// <param name="Kind">What it is to the runtime.</param>
internal sealed record PackageAsset(string Entry, string Target, AssetKind Kind)
{
    /// <summary>The platform for which it is, as its package says; empty for all.</summary>
    public string Platform { get; init; } = string.Empty;

    /// <summary>The culture of a satellite assembly.</summary>
    public string? Culture { get; init; }

    /// <summary>The version of an assembly; null for what is none.</summary>
    public Version? AssemblyVersion { get; init; }

    /// <summary>The simple name, where it is an assembly.</summary>
    public string Name => Path.GetFileNameWithoutExtension(Entry);
}

/// <summary>What a file is to the runtime.</summary>
internal enum AssetKind
{
    /// <summary>An assembly.</summary>
    Managed,

    /// <summary>A native library.</summary>
    Native,

    /// <summary>An assembly with the texts of one culture.</summary>
    Satellite,

    /// <summary>Something that the plugin itself reads.</summary>
    Content,
}
