using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>What a signature says that matters to a scan.</summary>
internal readonly record struct SignatureFacts
{
    public bool HasPointer { get; init; }

    public bool HasFunctionPointer { get; init; }

    public bool HasPinned { get; init; }

    public bool HasTypedReference { get; init; }

    /// <summary>Whether the first parameter is a string.</summary>
    public bool TakesTextFirst { get; init; }

    public int Parameters { get; init; }

    public int GenericParameters { get; init; }

    /// <summary>Of a type: its definition, without generic arguments; nil for arrays, pointers and the like.</summary>
    public EntityHandle Head { get; init; }

    /// <summary>Of a generic type: the size of the first argument in bytes, where it is a number or a character; otherwise zero.</summary>
    public int FirstArgumentSize { get; init; }
}
