using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Objects and delegates of the plugin's that it left in static properties and fields of the host's, of its libraries' or of the
/// framework's. Which those can be is written in the plugin's metadata: every setter that its code calls is named there. A property is
/// set to null where it allows that, and is left alone where not: what its default was, nobody knows.
/// </summary>
internal sealed class NamedSettingEvictor(RuntimeShapes shapes) : IEvictor
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const string Set = "set_";

    private readonly TypeInitialization _types = new(shapes);

    public string Cause => "static settings";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin) => plugin.Assemblies.Sum(a => Evict(a, plugin));

    private unsafe int Evict(Assembly assembly, PluginOwnership plugin)
    {
        if (assembly.IsDynamic || !assembly.TryGetRawMetadata(out var blob, out var length)) return 0;
        var metadata = new MetadataReader(blob, length);
        var evicted = 0;
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference || !IsSetting(metadata, member)) continue;
            if (Resolve(assembly.ManifestModule, MetadataTokens.GetToken(handle)) is not { DeclaringType: { IsCollectible: false } type } setting) continue;
            // A type that has not run holds nothing, and is not to be started by this.
            if (!_types.HasRun(type)) continue;
            if (setting is FieldInfo field ? Reset(field, plugin) : Reset(type.GetProperty(setting.Name[Set.Length..], Static), plugin)) evicted++;
        }

        return evicted;
    }

    private static bool IsSetting(MetadataReader metadata, MemberReference member) => member.GetKind() == MemberReferenceKind.Field
        || metadata.StringComparer.StartsWith(member.Name, Set) && !metadata.GetBlobReader(member.Signature).ReadSignatureHeader().IsInstance;

    private static bool Reset(FieldInfo field, PluginOwnership plugin)
    {
        if (!field.IsStatic || field.IsInitOnly || field.IsLiteral || field.FieldType.IsValueType || !plugin.Owns(field.GetValue(null))) return false;
        field.SetValue(null, null);
        return true;
    }

    private static bool Reset(PropertyInfo? property, PluginOwnership plugin)
    {
        if (property is not { PropertyType.IsValueType: false, SetMethod: not null } || FieldOf(property) is not { } field || !plugin.Owns(field.GetValue(null))) return false;
        if (new NullabilityInfoContext().Create(property).WriteState == NullabilityState.NotNull) return false;
        property.SetValue(null, null);
        return true;
    }

    /// <summary>The field behind a property, by the compiler's name for it or by one of those that authors choose.</summary>
    private static FieldInfo? FieldOf(PropertyInfo property)
    {
        var (type, name) = (property.DeclaringType!, property.Name);
        var camel = char.ToLowerInvariant(name[0]) + name[1..];
        return type.GetField($"<{name}>k__BackingField", Static) ?? type.GetField("s_" + camel, Static) ?? type.GetField("_" + camel, Static)
            ?? type.GetField("s_" + name, Static) ?? type.GetField(camel, Static);
    }

    private static MemberInfo? Resolve(Module module, int token)
    {
        try
        {
            return module.ResolveMember(token);
        }
        catch (Exception e) when (e is IOException or MissingMemberException or TypeLoadException or BadImageFormatException)
        {
            // Code that names what is not there has never run.
            return null;
        }
    }
}
