using System.Reflection;
using CloudSage.PluginHost.Loading;
using NuGet.Versioning;

namespace CloudSage.PluginHost.NuGet.Closure;

/// <summary>
/// What plugins get from the host. The shared assemblies are the host's in any case; those of .NET itself, unless a plugin brings newer ones. Other shared
/// frameworks do not count: a folder that was made in one process must serve in another.
/// </summary>
internal sealed class HostAssemblies
{
    private readonly Dictionary<string, Assembly> _shared;
    private readonly string? _framework = Path.GetDirectoryName(typeof(object).Assembly.Location);

    public HostAssemblies(SharedAssemblies shared)
        => _shared = shared.Names.ToDictionary(static n => n.Name!, static n => SharedAssemblies.Context.LoadFromAssemblyName(n), StringComparer.OrdinalIgnoreCase);

    public bool IsShared(string assembly) => _shared.ContainsKey(assembly);

    /// <summary>The version that a shared assembly has as a package; its assembly's version where it does not say.</summary>
    public NuGetVersion PackageVersion(string assembly)
    {
        var shared = _shared[assembly];
        return NuGetVersion.TryParse(shared.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion, out var version)
            ? version : new NuGetVersion(shared.GetName().Version ?? new Version(0, 0));
    }

    /// <summary>The version of a shared assembly; null where it is not shared.</summary>
    public Version? SharedVersion(string assembly) => _shared.GetValueOrDefault(assembly)?.GetName().Version;

    /// <summary>The version of an assembly of .NET; null where it is none.</summary>
    public Version? FrameworkVersion(string assembly)
    {
        if (string.IsNullOrEmpty(_framework) || assembly.AsSpan().ContainsAny(Path.GetInvalidFileNameChars())) return null;
        var path = Path.Combine(_framework, assembly + ".dll");
        try
        {
            return File.Exists(path) ? AssemblyName.GetAssemblyName(path).Version : null;
        }
        catch (BadImageFormatException)
        {
            // A native library of .NET: nothing that a package could bring instead.
            return null;
        }
    }
}
