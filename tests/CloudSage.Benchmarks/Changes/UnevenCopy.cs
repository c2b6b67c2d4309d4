namespace CloudSage.Benchmarks.Changes;

/// <summary>How a copy goes wrong, or takes its time.</summary>
internal enum CopyKind
{
    /// <summary>Files in any order, each in pieces, with pauses.</summary>
    Slow,

    /// <summary>One file is cut off at first, and copied again later.</summary>
    Torn,

    /// <summary>It ends somewhere in the middle, for good.</summary>
    Interrupted,

    /// <summary>A version that serves is overwritten file by file.</summary>
    Overwritten,

    /// <summary>A version that serves is deleted, and the next one copied slowly to its place.</summary>
    Rewritten,
}

/// <summary>
/// Copies a plugin's files as people, archivers and networks do. All of it follows from the seed. Pauses are mostly short and sometimes longer than any
/// settle window.
/// </summary>
internal sealed class UnevenCopy(string folder, int seed)
{
    private const int MostPieces = 6;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(600);
    private readonly Random _random = new(seed);

    public CopyKind Kind { get; } = (CopyKind)(seed % 5);

    /// <summary>Copies the files into the folder; what was there is overwritten.</summary>
    /// <returns>Whether all of them are there at the end.</returns>
    public async Task<bool> RunAsync(IReadOnlyDictionary<string, byte[]> files)
    {
        if (Kind == CopyKind.Rewritten)
        {
            Directory.Delete(folder, recursive: true);
            await PauseAsync();
        }

        Directory.CreateDirectory(folder);
        var order = files.Keys.ToArray();
        _random.Shuffle(order);
        var odd = order[_random.Next(order.Length)];
        foreach (var file in order)
        {
            var isOdd = file == odd && Kind is (CopyKind.Torn or CopyKind.Interrupted);
            await WriteAsync(file, isOdd ? files[file][.._random.Next(files[file].Length)] : files[file]);
            if (isOdd && Kind == CopyKind.Interrupted) return false;
            await PauseAsync();
        }

        if (Kind == CopyKind.Torn) await WriteAsync(odd, files[odd]);
        return true;
    }

    /// <summary>Nobody is kept from reading, as by most tools; some close the file between two pieces.</summary>
    private async Task WriteAsync(string file, byte[] content)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        var pieces = _random.Next(1, MostPieces);
        for (var piece = 0; piece < pieces; piece++)
        {
            var from = content.Length * piece / pieces;
            await stream.WriteAsync(content.AsMemory(from, (content.Length * (piece + 1) / pieces) - from));
            await stream.FlushAsync();
            if (piece == pieces - 1) break;
            await PauseAsync();
            if (_random.Next(2) == 0) continue;
            await stream.DisposeAsync();
            stream = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }

        await stream.DisposeAsync();
    }

    /// <summary>Half of the time none; mostly short; now and then longer than any settle window. Not a wait for anything: the pauses are what is tried.</summary>
    private Task PauseAsync()
    {
        var pause = _random.Next(10) switch
        {
            < 5 => TimeSpan.Zero,
            < 9 => Short * _random.NextDouble(),
            _ => Long * _random.NextDouble(),
        };
        return Task.Delay(pause);
    }
}
