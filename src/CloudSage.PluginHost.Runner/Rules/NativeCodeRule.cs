using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Code that is not .NET's: nothing can be said of what it does.</summary>
internal sealed class NativeCodeRule() : PowerRule(
    PluginPermissions.UseNativeCode,
    new UsePatterns(
        "System.Runtime.InteropServices.NativeLibrary", "System.Runtime.InteropServices.ComWrappers", "System.Runtime.InteropServices.Marshalling.*", "System.Runtime.InteropServices.ObjectiveC.*",
        "System.Runtime.InteropServices.Swift.*", "System.Runtime.InteropServices.Marshal::GetDelegateForFunctionPointer", "System.Runtime.InteropServices.Marshal::GetFunctionPointerForDelegate",
        "System.Runtime.InteropServices.Marshal::Prelink*", "System.Runtime.InteropServices.Marshal::BindToMoniker",
        "System.Runtime.InteropServices.Marshal::GetObjectForIUnknown", "System.Runtime.InteropServices.Marshal::GetTypedObjectForIUnknown", "System.Runtime.InteropServices.Marshal::GetUniqueObjectForIUnknown",
        "System.Runtime.InteropServices.Marshal::GetIUnknownForObject", "System.Runtime.InteropServices.Marshal::GetComInterfaceForObject", "System.Runtime.InteropServices.Marshal::CreateAggregatedObject",
        "System.Runtime.InteropServices.Marshal::CreateWrapperOfType", "System.Runtime.InteropServices.Marshal::QueryInterface", "System.Activator::CreateComInstanceFrom"),
    Construct.PlatformInvoke, Construct.NativeMethod, Construct.UnmanagedEntry, Construct.ComImport, Construct.NativeImage, Construct.MixedImage, Construct.PrecompiledCode);
