using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Tells whether a type's static constructor has run, which reading one of its fields by reflection would make it do. The runtime has no
/// question for it, only a flag, whose place it names itself; it is believed only where it tells two known types apart.
/// </summary>
internal sealed class TypeInitialization(RuntimeShapes shapes)
{
    private const int Initialized = 1;

    private readonly Lazy<int?> _auxiliary = new(() => Believe(Find(shapes)), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Whether the type's static fields can be read without running code of the plugin's.</summary>
    public bool HasRun(Type type) => type.TypeInitializer is null || _auxiliary.Value is { } offset && IsSet(type, offset);

    /// <summary>Where the pointer to the flags lies within what a type handle points to.</summary>
    private static int? Find(RuntimeShapes shapes)
    {
        const string space = "System.Runtime.CompilerServices";
        var core = typeof(object).Assembly.GetName().Name!;
        var flags = shapes.Field(shapes.Type(core, $"{space}.MethodTableAuxiliaryData"), "Flags");
        var pointer = shapes.Field(shapes.Type(core, $"{space}.MethodTable"), "AuxiliaryData");
        return flags?.FieldType == typeof(uint) ? pointer?.GetCustomAttribute<FieldOffsetAttribute>()?.Value : null;
    }

    private static int? Believe(int? offset)
    {
        if (offset is not { } known) return null;
        RuntimeHelpers.RunClassConstructor(typeof(Run).TypeHandle);
        return IsSet(typeof(Run), known) && !IsSet(typeof(NeverRun), known) ? known : null;
    }

    private static unsafe bool IsSet(Type type, int offset)
    {
        var flags = *(int**)((byte*)type.TypeHandle.Value + offset);
        return (Volatile.Read(ref *flags) & Initialized) != 0;
    }

    private static class Run
    {
        private static readonly object Value;

        static Run() => Value = typeof(Run);

        public static object Read => Value;
    }

    private static class NeverRun
    {
        private static readonly object Value;

        static NeverRun() => Value = typeof(NeverRun);

        public static object Read => Value;
    }
}
