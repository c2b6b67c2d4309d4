using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's handlers out of static events of the host's and its libraries'. Which events those can be is written in the
/// plugin's metadata: every event that its code adds itself to is named there.
/// </summary>
internal sealed class NamedEventEvictor : IEvictor
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const string Add = "add_";

    public string Cause => "handlers of static events";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin) => plugin.Assemblies.Sum(a => Evict(a, plugin));

    private static unsafe int Evict(Assembly assembly, PluginOwnership plugin)
    {
        if (assembly.IsDynamic || !assembly.TryGetRawMetadata(out var blob, out var length)) return 0;
        var metadata = new MetadataReader(blob, length);
        var removed = 0;
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference || !metadata.StringComparer.StartsWith(member.Name, Add)) continue;
            if (Resolve(assembly, MetadataTokens.GetToken(handle)) is { IsStatic: true, DeclaringType: { IsCollectible: false } type } add)
                removed += Evict(type, add.Name[Add.Length..], plugin);
        }

        return removed;
    }

    private static int Evict(Type type, string happening, PluginOwnership plugin)
    {
        // The compiler's name for the field of an event, and two that authors choose. Where it is another one, nothing is known.
        var camel = char.ToLowerInvariant(happening[0]) + happening[1..];
        var field = type.GetField(happening, Static) ?? type.GetField("s_" + camel, Static) ?? type.GetField("_" + camel, Static);
        var remove = type.GetMethod("remove_" + happening, Static);
        return field is null || remove is null ? 0 : Handlers.Remove(plugin, field.GetValue(null), remove, target: null);
    }

    private static MethodBase? Resolve(Assembly assembly, int token)
    {
        try
        {
            return assembly.ManifestModule.ResolveMethod(token);
        }
        catch (Exception e) when (e is IOException or MissingMemberException or TypeLoadException or BadImageFormatException)
        {
            // Code that names what is not there has never run.
            return null;
        }
    }
}
