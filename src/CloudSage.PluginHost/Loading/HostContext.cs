using System.Reflection;
using System.Runtime.Loader;

namespace CloudSage.PluginHost.Loading;

/// <summary>
/// What McMaster's contexts take for the host's context: it has the shared assemblies in whatever version they are asked for, and for all else asks the
/// context that the host lives in. Of the latter alone a higher version could not be had, and a plugin's own copy would take its place.
/// </summary>
internal sealed class HostContext(SharedAssemblies shared) : AssemblyLoadContext(nameof(HostContext), isCollectible: true)
{
    protected override Assembly? Load(AssemblyName assemblyName)
        => shared.Find(assemblyName.Name) ?? (SharedAssemblies.Context == Default ? null : SharedAssemblies.Context.LoadFromAssemblyName(assemblyName));
}
