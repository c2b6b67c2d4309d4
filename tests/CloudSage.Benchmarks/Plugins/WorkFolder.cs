namespace CloudSage.Benchmarks.Plugins;

/// <summary>A temporary folder for the length of one benchmark.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cloudsage-benchmarks-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps the files of assemblies that are still loaded; the system's own clean-up takes them.
        }
    }
}
