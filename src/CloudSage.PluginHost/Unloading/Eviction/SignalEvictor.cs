using System.Collections;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Withdraws the plugin's handlers of signals. The signal gets its old meaning back where nobody else handles it.</summary>
internal sealed class SignalEvictor(RuntimeShapes shapes) : IEvictor
{
    public string Cause => "signal handlers";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin)
    {
        var token = shapes.Type("System.Private.CoreLib", "System.Runtime.InteropServices.PosixSignalRegistration+Token");
        if (shapes.Field(typeof(PosixSignalRegistration), "s_registrations")?.GetValue(null) is not IDictionary registrations
            || shapes.Field(typeof(PosixSignalRegistration), "_token") is not { } own || shapes.Field(token, "<Handler>k__BackingField") is not { } handler) return 0;

        object[] owned;
        lock (registrations) owned = [.. registrations.Values.OfType<IEnumerable>().SelectMany(static t => t.Cast<object>()).Where(t => plugin.Owns(handler.GetValue(t)))];
        foreach (var each in owned)
        {
            // The registration itself is somewhere in the plugin. One that is made for the occasion withdraws it as well.
            var registration = (PosixSignalRegistration)RuntimeHelpers.GetUninitializedObject(typeof(PosixSignalRegistration));
            own.SetValue(registration, each);
            registration.Dispose();
        }

        return owned.Length;
    }
}
