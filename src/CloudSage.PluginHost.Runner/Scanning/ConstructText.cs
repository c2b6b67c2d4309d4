namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>How findings name a construct.</summary>
internal static class ConstructText
{
    public static string Of(Construct construct) => construct switch
    {
        Construct.PlatformInvoke => "a method of a native library",
        Construct.NativeMethod => "a method with a native body",
        Construct.UnmanagedEntry => "a method that native code may call",
        Construct.ComImport => "a type of COM",
        Construct.NativeImage => "native code",
        Construct.MixedImage => ".NET and native code in one file",
        Construct.PrecompiledCode => "code compiled for a processor beforehand",
        Construct.OtherModule => "code in a file besides the assembly",
        Construct.ModuleInitializer => "a module initializer",
        Construct.OverlappingFields => "fields that overlap",
        Construct.Pointer => "a pointer",
        Construct.FunctionPointer => "a function pointer",
        Construct.IndirectCall => "a call through a pointer (calli)",
        Construct.FunctionAddress => "the address of a method, not for a delegate (ldftn)",
        Construct.PinnedVariable => "a pinned variable",
        Construct.StackMemory => "memory of the stack (localloc)",
        Construct.MemoryBlock => "a block of memory, copied or filled (cpblk, initblk)",
        Construct.TypedReference => "a typed reference",
        Construct.UnsafeInstruction => "an instruction of unsafe code",
        Construct.UninitializedVariables => "variables that are not initialized (SkipLocalsInit)",
        Construct.UnsafeAccessor => "an accessor that ignores visibility (UnsafeAccessor)",
        Construct.IgnoredAccessChecks => "access to what is internal elsewhere (IgnoresAccessChecksTo)",
        _ => construct.ToString(),
    };
}
