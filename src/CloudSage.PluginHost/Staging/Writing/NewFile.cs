namespace CloudSage.PluginHost.Staging.Writing;

/// <summary>Creates the files that the store and the archives write.</summary>
internal static class NewFile
{
    /// <summary>Creates a file that must not be there yet, for nobody else to open while it is written.</summary>
    /// <param name="path">Its path; the directory is there.</param>
    /// <param name="mode">Its rights, where the system knows such.</param>
    /// <exception cref="IOException">It is there, or cannot be created.</exception>
    public static FileStream Create(string path, UnixFileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            // What is written comes in large pieces.
            BufferSize = 1,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = mode;
        return new FileStream(path, options);
    }
}
