using CloudSage.Cli.Codes;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Authoring;

/// <summary>Writes a new project whole or not at all: beside its place first, then moved there.</summary>
internal static class ProjectFolder
{
    /// <summary>What keeps a folder from becoming a project; null where nothing does.</summary>
    public static Finding? Check(string folder)
    {
        if (File.Exists(folder)) return Refused(folder, "is a file");
        return Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() ? Refused(folder, "is not empty") : null;
    }

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where the project is to be; not there yet, or empty.</param>
    /// <param name="fill">Writes the files into the folder that it is given.</param>
    public static void Create(string folder, Action<string> fill)
    {
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(folder) ?? folder).FullName;
        var prepared = Path.Combine(parent, $".csg-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(prepared);
            fill(prepared);
            if (Directory.Exists(folder)) MoveInto(folder, prepared);
            else Directory.Move(prepared, folder);
        }
        finally
        {
            if (Directory.Exists(prepared)) Directory.Delete(prepared, recursive: true);
        }
    }

    /// <summary>Into a folder that is there, and may be the one in which somebody stands: entry by entry, and back where one fails.</summary>
    private static void MoveInto(string folder, string prepared)
    {
        var moved = new Stack<(string From, string To)>();
        try
        {
            foreach (var entry in Directory.GetFileSystemEntries(prepared))
            {
                var target = Path.Combine(folder, Path.GetFileName(entry));
                Directory.Move(entry, target);
                moved.Push((entry, target));
            }
        }
        catch
        {
            // Whatever it was: half a project is worse than none.
            while (moved.TryPop(out var done)) Directory.Move(done.To, done.From);
            throw;
        }
    }

    private static Finding Refused(string folder, string why)
        => Finding.Error(CliCodes.FolderNotEmpty, $"'{folder}' {why}.", "Name a folder that is empty or not there yet with --output-dir DIR.");
}
