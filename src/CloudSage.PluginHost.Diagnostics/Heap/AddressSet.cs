namespace CloudSage.PluginHost.Diagnostics.Heap;

/// <summary>A set of object addresses that takes one bit for each eight bytes of heap where there are any.</summary>
internal sealed class AddressSet
{
    private const int BlockBits = 20;
    private const int WordsInBlock = 1 << (BlockBits - 3 - 6);

    private readonly Dictionary<ulong, ulong[]> _blocks = [];
    private ulong _lastNumber = ulong.MaxValue;
    private ulong[] _last = [];

    /// <returns>Whether it was not there before.</returns>
    public bool Add(ulong address)
    {
        var number = address >> BlockBits;
        if (number != _lastNumber)
        {
            if (!_blocks.TryGetValue(number, out var block)) _blocks[number] = block = new ulong[WordsInBlock];
            (_lastNumber, _last) = (number, block);
        }

        var bit = (int)((address & ((1UL << BlockBits) - 1)) >> 3);
        ref var word = ref _last[bit >> 6];
        var mask = 1UL << (bit & 63);
        if ((word & mask) != 0) return false;
        word |= mask;
        return true;
    }
}
