using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>Which static field lies at an address: they are elements of arrays that the runtime keeps.</summary>
internal sealed class StaticFields(ClrRuntime runtime)
{
    private readonly Lazy<Dictionary<ulong, ClrStaticField>> _byAddress = new(() => Read(runtime));

    public ClrStaticField? At(ulong address) => _byAddress.Value.GetValueOrDefault(address);

    public static IEnumerable<ClrType> TypesOf(ClrRuntime runtime) => runtime.EnumerateModules().SelectMany(static m => m.EnumerateTypesWithStaticFields());

    private static Dictionary<ulong, ClrStaticField> Read(ClrRuntime runtime)
    {
        var fields = new Dictionary<ulong, ClrStaticField>();
        if (runtime.AppDomains.FirstOrDefault() is not { } domain) return fields;
        foreach (var type in TypesOf(runtime))
        {
            foreach (var field in type.StaticFields)
            {
                if ((field.IsObjectReference || field.IsValueType) && field.GetAddress(domain) is not 0 and var address) fields[address] = field;
            }
        }

        return fields;
    }
}
