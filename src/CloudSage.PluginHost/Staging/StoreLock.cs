using System.Globalization;

namespace CloudSage.PluginHost.Staging;

/// <summary>Keeps other hosts out of a store for as long as this process lives; the operating system lets go of it if the process dies.</summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock; null where another host has it.</summary>
    /// <exception cref="IOException">The store cannot be written.</exception>
    public static StoreLock? TryTake(string root)
    {
        FileStream file;
        var path = Path.Combine(root, ".lock");
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path) && !Directory.Exists(path))
        {
            // The file is there and we may write it, but it is held.
            return null;
        }

        // Beside the lock, for nobody can read the lock itself.
        File.WriteAllText(Owner(root), Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new StoreLock(file);
    }

    /// <summary>The process that took the lock last, for people; null where it cannot be told.</summary>
    public static string? OwnerOf(string root)
    {
        try
        {
            return File.ReadAllText(Owner(root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only a courtesy in a message.
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Owner(string root) => Path.Combine(root, ".owner");
}
