using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>What works around the type system. Spans, and views of them that check their bounds, do not.</summary>
internal sealed class UnsafeCodeRule() : PowerRule(
    PluginPermissions.UseUnsafeCode,
    new UsePatterns(
        "System.Runtime.InteropServices.NativeMemory", "System.Runtime.InteropServices.SafeBuffer", "System.TypedReference", "System.ArgIterator", "System.Reflection.Pointer", "System.IO.UnmanagedMemoryStream",
        "System.IO.UnmanagedMemoryAccessor", "System.Runtime.CompilerServices.Unsafe::*", "System.Runtime.InteropServices.GCHandle::AddrOfPinnedObject",
        "System.Runtime.InteropServices.GCHandle::op_Explicit", "System.Runtime.InteropServices.GCHandle::FromIntPtr", "System.Runtime.InteropServices.GCHandle::ToIntPtr",
        "System.Runtime.InteropServices.PinnedGCHandle`1", "System.Runtime.InteropServices.MemoryMarshal::GetReference", "System.Runtime.InteropServices.MemoryMarshal::GetArrayDataReference",
        "System.Runtime.InteropServices.MemoryMarshal::CreateSpan", "System.Runtime.InteropServices.MemoryMarshal::CreateReadOnlySpan*", "System.Runtime.InteropServices.MemoryMarshal::AsMemory",
        "System.Runtime.InteropServices.MemoryMarshal::AsRef", "System.Runtime.InteropServices.MemoryMarshal::CreateFromPinnedArray", "System.Buffers.MemoryHandle::get_Pointer",
        "System.Runtime.InteropServices.Marshal::Alloc*", "System.Runtime.InteropServices.Marshal::Copy", "System.Runtime.InteropServices.Marshal::Read*", "System.Runtime.InteropServices.Marshal::Write*",
        "System.Runtime.InteropServices.Marshal::PtrTo*", "System.Runtime.InteropServices.Marshal::StructureToPtr", "System.Runtime.InteropServices.Marshal::StringTo*",
        "System.Runtime.InteropServices.Marshal::Free*", "System.Runtime.InteropServices.Marshal::ReAlloc*", "System.Runtime.InteropServices.Marshal::UnsafeAddrOfPinnedArrayElement",
        "System.Runtime.InteropServices.Marshal::DestroyStructure", "System.Runtime.InteropServices.Marshal::InitHandle", "System.Runtime.InteropServices.Marshal::SecureStringTo*",
        "System.Runtime.InteropServices.Marshal::ZeroFree*", "System.RuntimeMethodHandle::GetFunctionPointer", "System.RuntimeMethodHandle::FromIntPtr", "System.RuntimeTypeHandle::FromIntPtr",
        "System.RuntimeFieldHandle::FromIntPtr", "System.Runtime.Intrinsics.Vector128::LoadUnsafe", "System.Runtime.Intrinsics.Vector128::StoreUnsafe",
        "System.Runtime.Intrinsics.Vector256::LoadUnsafe", "System.Runtime.Intrinsics.Vector256::StoreUnsafe", "System.Runtime.Intrinsics.Vector512::LoadUnsafe", "System.Runtime.Intrinsics.Vector512::StoreUnsafe",
        "System.Runtime.Intrinsics.Vector64::LoadUnsafe", "System.Runtime.Intrinsics.Vector64::StoreUnsafe", "System.Numerics.Vector::LoadUnsafe", "System.Numerics.Vector::StoreUnsafe",
        "System.Threading.ThreadPool::UnsafeQueueNativeOverlapped", "System.Threading.Overlapped"),
    Construct.OverlappingFields, Construct.Pointer, Construct.FunctionPointer, Construct.IndirectCall, Construct.FunctionAddress, Construct.PinnedVariable, Construct.StackMemory,
    Construct.MemoryBlock, Construct.TypedReference, Construct.UnsafeInstruction, Construct.UninitializedVariables);
