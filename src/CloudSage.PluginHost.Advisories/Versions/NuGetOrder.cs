using NuGet.Versioning;

namespace CloudSage.PluginHost.Advisories.Versions;

/// <summary>SemVer 2.0 with NuGet's fourth number.</summary>
internal sealed class NuGetOrder : IVersionOrder
{
    public IComparable? Read(string text) => NuGetVersion.TryParse(text, out var version) ? version : null;
}
