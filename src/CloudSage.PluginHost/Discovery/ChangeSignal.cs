namespace CloudSage.PluginHost.Discovery;

/// <summary>Starts change signals for a directory. What they say is never believed, only that something happened.</summary>
/// <param name="request">What to watch and whom to tell. The callbacks may come from any thread and must not block.</param>
/// <returns>Ends the signals when disposed.</returns>
/// <exception cref="IOException">The operating system refuses: its limits are reached, or it has no such signals there.</exception>
internal delegate IDisposable StartChangeSignal(ChangeSignalRequest request);

/// <summary>What to watch and whom to tell.</summary>
/// <param name="Directory">The directory.</param>
/// <param name="OnlyName">Only this folder's coming and going in the directory; null for everything in and below it.</param>
/// <param name="Changed">Something changed.</param>
/// <param name="Failed">Signals were lost, or stop here.</param>
internal sealed record ChangeSignalRequest(string Directory, string? OnlyName, Action Changed, Action<Exception> Failed);

/// <summary>Change signals of the operating system.</summary>
internal static class FileSystemChangeSignal
{
    private const int LargestBuffer = 64 * 1024;

    public static IDisposable Start(ChangeSignalRequest request)
    {
        var watcher = request.OnlyName is null
            ? new FileSystemWatcher(request.Directory) { IncludeSubdirectories = true, InternalBufferSize = LargestBuffer, NotifyFilter = AnyContentChange }
            : new FileSystemWatcher(request.Directory, request.OnlyName) { NotifyFilter = NotifyFilters.DirectoryName };
        try
        {
            watcher.Changed += (_, _) => request.Changed();
            watcher.Created += (_, _) => request.Changed();
            watcher.Deleted += (_, _) => request.Changed();
            watcher.Renamed += (_, _) => request.Changed();
            watcher.Error += (_, e) => request.Failed(e.GetException());
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch
        {
            // Half-started, it would keep its handle until it is finalized.
            watcher.Dispose();
            throw;
        }
    }

    private const NotifyFilters AnyContentChange = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
        | NotifyFilters.Size | NotifyFilters.CreationTime | NotifyFilters.Attributes | NotifyFilters.Security;
}
