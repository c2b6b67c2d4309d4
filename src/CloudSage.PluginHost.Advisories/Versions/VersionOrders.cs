namespace CloudSage.PluginHost.Advisories.Versions;

/// <summary>The order of each ecosystem.</summary>
internal static class VersionOrders
{
    private static readonly NuGetOrder NuGet = new();
    private static readonly SemanticOrder Semantic = new();
    private static readonly PythonOrder Python = new();

    public static IVersionOrder Of(PackageEcosystem ecosystem) => ecosystem switch
    {
        PackageEcosystem.NuGet => NuGet,
        PackageEcosystem.PyPI => Python,
        _ => Semantic,
    };
}
