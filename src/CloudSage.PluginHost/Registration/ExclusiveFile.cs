namespace CloudSage.PluginHost.Registration;

/// <summary>A file that one process at a time may write.</summary>
internal static class ExclusiveFile
{
    private const int Attempts = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Opens the file for this process, and waits up to two seconds for another that has it.</summary>
    /// <param name="path">The file; it is made where it is not there.</param>
    /// <param name="share">Whether others may read it meanwhile.</param>
    /// <exception cref="IOException">Another process has it for longer, or it cannot be opened.</exception>
    public static FileStream Open(string path, FileShare share)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, share);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Another process has it, for milliseconds as a rule. Sleeping is right: no file system signals the end of that.
                Thread.Sleep(Pause);
            }
        }
    }
}
