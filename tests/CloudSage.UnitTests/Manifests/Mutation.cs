namespace CloudSage.UnitTests.Manifests;

/// <summary>Small random damage, of the kinds that editors, disks and attackers do.</summary>
internal static class Mutation
{
    private static readonly string[] Pieces =
        ["&a ", "*a", "!!int ", "---\n", "...\n", "{", "}", "[", "]", "\"", "'", "|\n", ">\n", "? ", ": ", "- ", "\t", "\r", "#", "%", "@", "\0", "..", "99999999999999999999", "\\", "~", "null", "<<: ", ","];

    public static byte[] Of(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(at, Math.Min(bytes.Count - at - 1, random.Next(1, 20))); break;
                case 2: bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next((bytes.Count + 1) / 2), random.Next(bytes.Count / 2 + 1))); break;
                case 4: bytes.RemoveRange(at + 1, bytes.Count - at - 1); break;
                default: bytes[at] = bytes[random.Next(bytes.Count)]; break;
            }
        }

        return [.. bytes];
    }
}
