using NuGet.Packaging.Core;

namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>A package file on this machine.</summary>
/// <param name="Identity">Id and version.</param>
/// <param name="Path">The file.</param>
/// <param name="Source">The address of the source that it came from.</param>
/// <param name="Hash">The SHA-512 of the file, in base64.</param>
/// <param name="IsHashStated">Whether the source states that hash.</param>
internal sealed record CachedPackage(PackageIdentity Identity, string Path, string Source, string Hash, bool IsHashStated);
