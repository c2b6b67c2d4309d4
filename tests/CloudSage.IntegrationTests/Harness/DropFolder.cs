namespace CloudSage.IntegrationTests.Harness;

/// <summary>The plugins folder, and the ways in which people and tools change it.</summary>
/// <param name="path">The folder.</param>
/// <param name="aside">A folder on the same volume, to prepare things in and to move them to.</param>
internal sealed class DropFolder(string path, string aside)
{
    private int _count;

    public string Path => path;

    public string PathOf(string name, params string[] parts) => System.IO.Path.Combine([path, name, .. parts]);

    /// <summary>Moves a finished folder in.</summary>
    public void Add(PluginFiles plugin) => Directory.Move(Prepare(plugin), PathOf(plugin.Name));

    public void Add(PluginSource plugin) => Add(plugin.Build());

    /// <summary>Writes one file of a plugin over what is there.</summary>
    public void Overwrite(string name, string relative, byte[] content)
    {
        using var stream = new FileStream(PathOf(name, relative), FileMode.Create, FileAccess.Write, FileShare.Read);
        stream.Write(content);
    }

    /// <summary>Writes every file over what is there, as a copying tool does.</summary>
    public void Overwrite(PluginFiles plugin)
    {
        foreach (var (relative, content) in plugin.Files) Overwrite(plugin.Name, relative, content);
    }

    /// <summary>Deletes files and writes them anew.</summary>
    public void DeleteAndRecreate(PluginFiles plugin)
    {
        foreach (var relative in plugin.Files.Keys) File.Delete(PathOf(plugin.Name, relative));
        Overwrite(plugin);
    }

    /// <summary>Renames a new file over an old one, as careful tools do.</summary>
    public void ReplaceByRename(string name, string relative, byte[] content)
    {
        var temporary = System.IO.Path.Combine(aside, $"file-{Interlocked.Increment(ref _count)}");
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, PathOf(name, relative), overwrite: true);
    }

    /// <summary>Moves the old folder away and a finished new one in.</summary>
    public void Swap(PluginFiles plugin)
    {
        var prepared = Prepare(plugin);
        MoveAway(plugin.Name);
        Directory.Move(prepared, PathOf(plugin.Name));
    }

    /// <summary>Renames a plugin's folder to a place outside of the plugins folder.</summary>
    public string MoveAway(string name)
    {
        var away = System.IO.Path.Combine(aside, $"old-{Interlocked.Increment(ref _count)}");
        Directory.Move(PathOf(name), away);
        return away;
    }

    public void Delete(string name) => Directory.Delete(PathOf(name), recursive: true);

    /// <summary>Puts a single file into the plugins folder itself, at once.</summary>
    public void AddLoose(string fileName, byte[] content)
    {
        var temporary = System.IO.Path.Combine(aside, $"file-{Interlocked.Increment(ref _count)}");
        File.WriteAllBytes(temporary, content);
        File.Move(temporary, System.IO.Path.Combine(path, fileName), overwrite: true);
    }

    /// <summary>A finished folder outside of the plugins folder.</summary>
    public string Prepare(PluginFiles plugin)
    {
        var folder = System.IO.Path.Combine(aside, $"new-{Interlocked.Increment(ref _count)}");
        foreach (var (relative, content) in plugin.Files)
        {
            var file = System.IO.Path.Combine(folder, relative);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, content);
        }

        return folder;
    }
}
