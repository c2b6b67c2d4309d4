using System.Collections.Concurrent;

namespace CloudSage.UnloadZoo.Running;

/// <summary>
/// Folders for children, as many as run at once. A folder's store is used again by the next child, so that each plugin's files are copied
/// once; its state is not.
/// </summary>
public sealed class Workspaces : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cloudsage-zoo-").FullName;
    private readonly ConcurrentBag<string> _free;
    private readonly SemaphoreSlim _slots;

    /// <summary>Makes them.</summary>
    /// <param name="count">How many children may run at once.</param>
    public Workspaces(int count)
    {
        _slots = new SemaphoreSlim(count);
        _free = [.. Enumerable.Range(1, count).Select(number => Path.Combine(_root, $"{number}"))];
    }

    /// <summary>Waits for a folder, uses it and gives it back.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="use">The use.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>What came of it.</returns>
    public async Task<T> UseAsync<T>(Func<string, Task<T>> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(use);
        await _slots.WaitAsync(cancellationToken);
        _free.TryTake(out var folder);
        try
        {
            Directory.CreateDirectory(folder!);
            var state = Path.Combine(folder!, ".cloudsage", "state");
            if (Directory.Exists(state)) Directory.Delete(state, recursive: true);
            return await use(folder!);
        }
        finally
        {
            _free.Add(folder!);
            _slots.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _slots.Dispose();
        try
        {
            Directory.Delete(_root, recursive: true);
        }
        catch (IOException)
        {
            // A child that was killed may not have let go yet; the system cleans its folder for temporary files.
        }
    }
}
