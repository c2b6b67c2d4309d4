namespace CloudSage.Plugins.Testing;

/// <summary>The folders of one test host, deleted with it.</summary>
internal sealed class TestFolder : IDisposable
{
    private int _moved;

    public TestFolder()
    {
        Root = Directory.CreateTempSubdirectory("plugin-test-").FullName;
        Plugins = Directory.CreateDirectory(this["plugins"]).FullName;
    }

    public string Plugins { get; }

    public string this[string name] => Path.Combine(Root, name);

    private string Root { get; }

    /// <summary>Puts a plugin into the plugin folder in one step, in place of the one of the same name.</summary>
    /// <param name="plugin">The plugin, where its author built it.</param>
    /// <param name="replaces">The entries of an older version, which leave.</param>
    public IReadOnlyList<string> Drop(PluginFiles plugin, IReadOnlyList<string> replaces)
    {
        var prepared = Directory.CreateDirectory(this[$"incoming-{_moved++}"]).FullName;
        var entries = plugin.CopyTo(prepared);
        var away = Directory.CreateDirectory(this[$"replaced-{_moved++}"]).FullName;
        foreach (var entry in replaces) Directory.Move(Path.Combine(Plugins, entry), Path.Combine(away, entry));
        foreach (var entry in entries) Directory.Move(Path.Combine(prepared, entry), Path.Combine(Plugins, entry));
        return entries;
    }

    public void Dispose()
    {
        try
        {
            // The store's files are read-only.
            foreach (var file in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)) File.SetAttributes(file, FileAttributes.Normal);
            Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps the files of a plugin that did not leave memory; the system empties its folder for temporary files.
        }
    }
}
