using System.Buffers.Binary;
using System.Text;

namespace CloudSage.UnitTests.Fuzzing;

/// <summary>Damage to ZIP archives: blind, and of the kind that somebody does who knows the format.</summary>
internal static class ArchiveMutation
{
    private static readonly string[] Evil = ["../", "..\\", "/", "C:", "con", "a\0", ".", "//", "a/../..", "nul.", "~", "%2e%2e%2f", "\u202e", "A", "a/"];
    private static readonly uint[] Numbers = [0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];
    private static readonly uint[] Modes = [0xA1FF, 0x21B6, 0x61B6, 0x11B6, 0xC1B6, 0x41ED, 0x81ED, 0xFFFF];

    /// <summary>Where numbers stand in an entry of the directory, and how long they are.</summary>
    private static readonly (int Offset, int Length)[] EntryFields = [(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (34, 2), (38, 4), (42, 4)];
    private static readonly (int Offset, int Length)[] LocalFields = [(4, 2), (6, 2), (8, 2), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2)];
    private static readonly (int Offset, int Length)[] EndFields = [(4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2)];

    public static byte[] Of(byte[] original, byte[] other, Random random)
    {
        var bytes = (byte[])original.Clone();
        for (var change = random.Next(1, 3); change > 0 && bytes.Length > 0; change--)
        {
            bytes = random.Next(12) switch
            {
                0 => Flip(bytes, random.Next(bytes.Length), random),
                1 => bytes[..random.Next(bytes.Length)],
                2 => [.. bytes[..random.Next(bytes.Length)], .. other[random.Next(other.Length)..]],
                3 => Remove(bytes, random),
                4 => Flip(bytes, random.Next(Math.Min(bytes.Length, 200)), random),
                5 or 6 => SetField(bytes, "PK\u0001\u0002"u8, EntryFields, random),
                7 => SetField(bytes, "PK\u0003\u0004"u8, LocalFields, random),
                8 => SetField(bytes, "PK\u0005\u0006"u8, EndFields, random),
                9 or 10 => Rename(bytes, random),
                _ => ChangeMode(bytes, random),
            };
        }

        return bytes;
    }

    private static byte[] Flip(byte[] bytes, int at, Random random)
    {
        bytes[at] ^= (byte)(1 << random.Next(8));
        return bytes;
    }

    private static byte[] Remove(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        return [.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 64))..]];
    }

    private static byte[] SetField(byte[] bytes, ReadOnlySpan<byte> mark, (int Offset, int Length)[] fields, Random random)
    {
        if (Find(bytes, mark, random) is not { } record) return bytes;
        var (offset, length) = fields[random.Next(fields.Length)];
        if (record + offset + length > bytes.Length) return bytes;
        var number = random.Next(3) == 0 ? (uint)random.Next() : Numbers[random.Next(Numbers.Length)];
        var field = bytes.AsSpan(record + offset, length);
        if (random.Next(3) == 0) field[0] += (byte)(random.Next(2) == 0 ? 1 : 255);
        else if (length == 2) BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)number);
        else BinaryPrimitives.WriteUInt32LittleEndian(field, number);
        return bytes;
    }

    /// <summary>Writes over the name of an entry, as long as it is: another's, or one that leads elsewhere.</summary>
    private static byte[] Rename(byte[] bytes, Random random)
    {
        if (NameOf(bytes, random) is not { Length: > 0 } range) return bytes;
        var source = random.Next(3) == 0 && NameOf(bytes, random) is { } another ? bytes[another.Start..(another.Start + another.Length)] : Encoding.UTF8.GetBytes(Evil[random.Next(Evil.Length)]);
        var length = Math.Min(source.Length, range.Length);
        source.AsSpan(0, length).CopyTo(bytes.AsSpan(range.Start + (random.Next(2) == 0 ? 0 : range.Length - length)));
        return bytes;
    }

    private static byte[] ChangeMode(byte[] bytes, Random random)
    {
        if (Find(bytes, "PK\u0001\u0002"u8, random) is { } record && record + 42 <= bytes.Length)
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(record + 38), (Modes[random.Next(Modes.Length)] << 16) | (uint)random.Next(0x1000));
        return bytes;
    }

    private static (int Start, int Length)? NameOf(byte[] bytes, Random random)
    {
        if (Find(bytes, "PK\u0001\u0002"u8, random) is not { } record || record + 46 > bytes.Length) return null;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(record + 28));
        return record + 46 + length <= bytes.Length ? (record + 46, length) : null;
    }

    /// <summary>One of the places where a record begins.</summary>
    private static int? Find(byte[] bytes, ReadOnlySpan<byte> mark, Random random)
    {
        var places = new List<int>();
        for (var at = bytes.AsSpan().IndexOf(mark); at >= 0 && places.Count < 100;)
        {
            places.Add(at);
            var next = bytes.AsSpan(at + 1).IndexOf(mark);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return places.Count == 0 ? null : places[random.Next(places.Count)];
    }
}
