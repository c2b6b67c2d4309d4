namespace CloudSage.IntegrationTests.Harness;

/// <summary>The folders of one host, which outlive it, so that a test can start it again.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Root = Directory.CreateTempSubdirectory("csg-it-").FullName;
        Directory.CreateDirectory(Path.Combine(Root, "plugins"));
        Plugins = new DropFolder(Path.Combine(Root, "plugins"), Directory.CreateDirectory(Path.Combine(Root, "aside")).FullName);
    }

    public string Root { get; }

    public DropFolder Plugins { get; }

    public string Store => Path.Combine(Root, "store");

    public string State => Path.Combine(Root, "state");

    public string StateFile => Path.Combine(State, "operator", "state.json");

    public string Data => Path.Combine(Root, "data");

    public void Dispose()
    {
        try
        {
            foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows holds the files of an assembly that a test leaves in memory on purpose; the system's temp folder is cleaned anyhow.
        }
    }
}
