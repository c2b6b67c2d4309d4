namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Something in an assembly that is not a use of a foreign type or member, and yet a power.</summary>
internal enum Construct
{
    /// <summary>A method of a native library.</summary>
    PlatformInvoke,

    /// <summary>A method whose body is native or the runtime's own.</summary>
    NativeMethod,

    /// <summary>A method that native code may call.</summary>
    UnmanagedEntry,

    /// <summary>A type of COM.</summary>
    ComImport,

    /// <summary>A native library or program.</summary>
    NativeImage,

    /// <summary>.NET and native code in one file.</summary>
    MixedImage,

    /// <summary>Code that was compiled for a processor beforehand: it need not be what the file's .NET code says.</summary>
    PrecompiledCode,

    /// <summary>An assembly of several files.</summary>
    OtherModule,

    /// <summary>Code that runs as soon as anything of the assembly is used.</summary>
    ModuleInitializer,

    /// <summary>Fields that lie upon each other.</summary>
    OverlappingFields,

    /// <summary>A pointer.</summary>
    Pointer,

    /// <summary>A pointer to a function.</summary>
    FunctionPointer,

    /// <summary>A call through a pointer.</summary>
    IndirectCall,

    /// <summary>The address of a method, not for a delegate.</summary>
    FunctionAddress,

    /// <summary>A variable that is held where it is in memory.</summary>
    PinnedVariable,

    /// <summary>Memory taken from the stack.</summary>
    StackMemory,

    /// <summary>Memory copied or filled as such.</summary>
    MemoryBlock,

    /// <summary>A reference that carries its type along.</summary>
    TypedReference,

    /// <summary>An instruction that only unsafe code needs.</summary>
    UnsafeInstruction,

    /// <summary>Variables that begin with what was in memory before.</summary>
    UninitializedVariables,

    /// <summary>A method that stands for a member which its caller may not see.</summary>
    UnsafeAccessor,

    /// <summary>An assembly that claims to see what is internal to another.</summary>
    IgnoredAccessChecks,
}
