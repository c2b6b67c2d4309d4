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
/// <param name="Deafened">Something changed, after which the signals may be deaf without a word: start them anew.</param>
/// <param name="Failed">Signals were lost, or stop here.</param>
internal sealed record ChangeSignalRequest(string Directory, string? OnlyName, Action Changed, Action Deafened, Action<Exception> Failed);

/// <summary>Change signals of the operating system.</summary>
internal static class FileSystemChangeSignal
{
    private const int LargestBuffer = 64 * 1024;

    public static IDisposable Start(ChangeSignalRequest request)
    {
        if (request.OnlyName is { } name)
            return Watch(new FileSystemWatcher(request.Directory, name) { NotifyFilter = NotifyFilters.DirectoryName }, request.Changed, request.Changed, request.Failed);

        var content = Watch(
            new FileSystemWatcher(request.Directory) { IncludeSubdirectories = true, InternalBufferSize = LargestBuffer, NotifyFilter = AnyContentChange },
            request.Changed, request.Deafened, request.Failed);
        if (!OperatingSystem.IsLinux())
            return content;

        // On Linux, .NET's recursive watcher drops the watch of the wrong folder where another change follows at once upon a folder that is moved out:
        // a swapped plugin folder silences it for good. One that is not recursive has no such watches to drop.
        try
        {
            return new Pair(content, Watch(
                new FileSystemWatcher(request.Directory) { InternalBufferSize = LargestBuffer, NotifyFilter = AnyContentChange },
                request.Deafened, request.Deafened, request.Failed));
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static FileSystemWatcher Watch(FileSystemWatcher watcher, Action changed, Action moved, Action<Exception> failed)
    {
        try
        {
            watcher.Changed += (_, _) => changed();
            watcher.Created += (_, _) => changed();
            watcher.Deleted += (_, _) => moved();
            watcher.Renamed += (_, _) => moved();
            watcher.Error += (_, e) => failed(e.GetException());
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

    private sealed class Pair(IDisposable content, IDisposable top) : IDisposable
    {
        public void Dispose()
        {
            content.Dispose();
            top.Dispose();
        }
    }

    private const NotifyFilters AnyContentChange = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite
        | NotifyFilters.Size | NotifyFilters.CreationTime | NotifyFilters.Attributes | NotifyFilters.Security;
}
