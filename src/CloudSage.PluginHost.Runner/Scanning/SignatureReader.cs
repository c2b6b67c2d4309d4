using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>
/// Reads signatures (ECMA-335 II.23.2) with an end to their length and depth. The library's own decoder has none: four thousand nested arrays
/// run it out of stack, which nobody can catch.
/// </summary>
internal ref struct SignatureReader
{
    private const int Text = 0x0E;
    private const int Sentinel = 0x41;

    private BlobReader _reader;
    private bool _pointer;
    private bool _function;
    private bool _pinned;
    private bool _typedReference;

    private SignatureReader(BlobReader reader) => _reader = reader;

    /// <summary>A method, a field, local variables, or the arguments of a generic method.</summary>
    public static SignatureFacts Read(MetadataReader metadata, BlobHandle handle)
    {
        var reader = new SignatureReader(Open(metadata, handle));
        var header = reader._reader.ReadByte();
        return (header & 0x0F) switch
        {
            0x06 => reader.Types(1),
            0x07 or 0x0A => reader.Types(reader._reader.ReadCompressedInteger()),
            <= 0x05 or 0x09 or 0x0B => reader.Method(header, 0),
            _ => throw new UnknownConstructException($"a signature begins with 0x{header:X2}"),
        };
    }

    /// <summary>A type that is written as a signature.</summary>
    public static SignatureFacts ReadType(MetadataReader metadata, BlobHandle handle)
    {
        var look = Open(metadata, handle);
        var (head, size) = (default(EntityHandle), 0);
        switch (look.ReadByte())
        {
            case 0x11 or 0x12:
                head = look.ReadTypeHandle();
                break;
            case 0x15:
                look.ReadByte();
                head = look.ReadTypeHandle();
                size = look.ReadCompressedInteger() == 0 ? 0 : look.ReadByte() switch { 0x02 or 0x04 or 0x05 => 1, 0x03 or 0x06 or 0x07 => 2, 0x08 or 0x09 or 0x0C => 4, 0x0A or 0x0B or 0x0D => 8, _ => 0 };
                break;
        }

        return new SignatureReader(Open(metadata, handle)).Types(1) with { Head = head, FirstArgumentSize = size };
    }

    private static BlobReader Open(MetadataReader metadata, BlobHandle handle)
    {
        var reader = metadata.GetBlobReader(handle);
        return reader.Length <= ScanLimits.SignatureBytes ? reader : throw new UnknownConstructException($"a signature is longer than {ScanLimits.SignatureBytes} bytes");
    }

    private readonly SignatureFacts Facts => new() { HasPointer = _pointer, HasFunctionPointer = _function, HasPinned = _pinned, HasTypedReference = _typedReference };

    private SignatureFacts Types(int count)
    {
        for (var i = 0; i < count; i++) Type(0);
        return Facts;
    }

    private SignatureFacts Method(int header, int depth)
    {
        var generic = (header & 0x10) != 0 ? _reader.ReadCompressedInteger() : 0;
        var count = _reader.ReadCompressedInteger();
        Type(depth);
        var text = false;
        for (var i = 0; i < count; i++)
        {
            if (Peek() == Sentinel) _reader.ReadByte();
            text |= i == 0 && Peek() == Text;
            Type(depth);
        }

        return Facts with { TakesTextFirst = text, Parameters = count, GenericParameters = generic };
    }

    private readonly int Peek()
    {
        var copy = _reader;
        return copy.ReadByte();
    }

    private void Type(int depth)
    {
        if (depth > ScanLimits.Nesting) throw new UnknownConstructException($"a signature nests more than {ScanLimits.Nesting} types");
        switch (_reader.ReadCompressedInteger())
        {
            case (>= 0x01 and <= 0x0E) or 0x18 or 0x19 or 0x1C:
                break;
            case 0x0F:
                _pointer = true;
                Type(depth + 1);
                break;
            case 0x10 or 0x1D:
                Type(depth + 1);
                break;
            case 0x11 or 0x12:
                Handle();
                break;
            case 0x13 or 0x1E:
                _reader.ReadCompressedInteger();
                break;
            case 0x14:
                Type(depth + 1);
                _reader.ReadCompressedInteger();
                for (var i = _reader.ReadCompressedInteger(); i > 0; i--) _reader.ReadCompressedInteger();
                for (var i = _reader.ReadCompressedInteger(); i > 0; i--) _reader.ReadCompressedSignedInteger();
                break;
            case 0x15:
                if (_reader.ReadByte() is not (0x11 or 0x12)) throw new UnknownConstructException("a generic type is neither class nor structure");
                Handle();
                for (var i = _reader.ReadCompressedInteger(); i > 0; i--) Type(depth + 1);
                break;
            case 0x16:
                _typedReference = true;
                break;
            case 0x1B:
                _function = true;
                Method(_reader.ReadByte(), depth + 1);
                break;
            case 0x1F or 0x20:
                Handle();
                Type(depth + 1);
                break;
            case 0x45:
                _pinned = true;
                Type(depth + 1);
                break;
            case var code:
                throw new UnknownConstructException($"a signature holds the element 0x{code:X2}");
        }
    }

    private void Handle()
    {
        if (_reader.ReadTypeHandle().IsNil) throw new UnknownConstructException("a signature refers to nothing");
    }
}
