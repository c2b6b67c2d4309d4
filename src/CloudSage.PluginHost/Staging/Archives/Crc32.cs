namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>The checksum of ZIP archives. The runtime's reader does not compare it, and the one it has for other uses is of another polynomial.</summary>
internal struct Crc32()
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(static n => Remainder((uint)n))];
    private uint _state = uint.MaxValue;

    public readonly uint Value => ~_state;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var state = _state;
        foreach (var b in bytes) state = Table[(byte)(state ^ b)] ^ (state >> 8);
        _state = state;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++) value = (value & 1) == 0 ? value >> 1 : (value >> 1) ^ 0xEDB88320;
        return value;
    }
}
