using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Discovery;

/// <summary>Keeps change signals alive for one plugin directory, which may be missing, be deleted and made again, or send none.</summary>
internal sealed class DirectoryWatch(
    string directory, DiscoveryOptions options, StartChangeSignal start, Action changed, TimeProvider time, ILogger logger) : IDisposable
{
    private IDisposable? _content;
    private IDisposable? _place;
    private DateTimeOffset _retryAt = DateTimeOffset.MinValue;
    private bool _reported;
    private volatile bool _lost;
    private volatile bool _broken;

    /// <summary>Whether nothing would signal a change here, so that somebody has to look.</summary>
    public bool NeedsPolling => options.ForcePolling || _content is null;

    /// <summary>(Re)starts the signals where they are missing, were lost, or watch a directory that is no longer at its place.</summary>
    /// <returns>Whether signals were started, so that what happened before may have been missed.</returns>
    public bool Ensure()
    {
        if (options.ForcePolling)
            return false;

        if (_broken || _lost || !Directory.Exists(directory))
            Stop();
        if (_content is not null || time.GetUtcNow() < _retryAt || !Directory.Exists(directory))
            return false;

        try
        {
            _place = StartPlace();
            _content = start(new ChangeSignalRequest(directory, null, changed, OnMoved, OnFailed));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            // No signals to be had (limits, file system, platform; ArgumentException: the directory vanished just now): polling serves as well, only later.
            Stop();
            FallBack(e);
            return false;
        }
    }

    public void Dispose() => Stop();

    /// <summary>A directory does not signal its own removal: its parent does.</summary>
    private IDisposable? StartPlace()
    {
        if (Path.GetDirectoryName(directory) is not { } parent)
            return null;
        return start(new ChangeSignalRequest(parent, Path.GetFileName(directory), OnMoved, OnMoved, OnFailed));
    }

    private void OnMoved()
    {
        _lost = true;
        changed();
    }

    private void OnFailed(Exception e)
    {
        if (e is InternalBufferOverflowException)
        {
            Log.SignalsOverflowed(logger, directory);
            _lost = true;
        }
        else
        {
            // Such as a subfolder beyond the limit of watches: signals would come for some folders and not for others.
            FallBack(e);
            _broken = true;
        }

        changed();
    }

    private void FallBack(Exception e)
    {
        _retryAt = time.GetUtcNow() + options.RescanInterval;
        if (!Directory.Exists(directory) || _reported)
            return;
        _reported = true;
        Log.FellBackToPolling(logger, directory, options.PollInterval, e.Message);
    }

    private void Stop()
    {
        _content?.Dispose();
        _place?.Dispose();
        _content = _place = null;
        _lost = _broken = false;
    }
}
