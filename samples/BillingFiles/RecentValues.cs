namespace CloudSage.Samples.BillingFiles;

/// <summary>
/// Remembers what was made of recent texts, as billing columns repeat few values over and over: dates and tags are parsed once,
/// and equal strings are kept once. Bounded: a new text replaces the one in its slot.
/// </summary>
/// <param name="create">Makes the value of a text.</param>
public sealed class RecentValues<T>(Func<string, T> create)
{
    private const int Slots = 256; // A power of two.
    private readonly (string? Text, T Value)[] _slots = new (string?, T)[Slots];

    /// <summary>The value of a text.</summary>
    public T Get(ReadOnlySpan<char> text)
    {
        ref var slot = ref _slots[string.GetHashCode(text) & (Slots - 1)];
        if (slot.Text is null || !text.SequenceEqual(slot.Text))
        {
            var created = new string(text);
            slot = (created, create(created));
        }
        return slot.Value;
    }
}
