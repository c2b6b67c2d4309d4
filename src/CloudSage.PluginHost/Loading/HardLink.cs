using System.Runtime.InteropServices;

namespace CloudSage.PluginHost.Loading;

/// <summary>A second name for a file. .NET cannot make one yet.</summary>
internal static partial class HardLink
{
    /// <summary>Gives a file a second name.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static void Create(string file, string name)
    {
        if (Link(file, name) != 0) throw new IOException($"'{name}' cannot be made a second name of '{file}': {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>Makes a name that is another file's one of this file; at no time is there none of that name.</summary>
    /// <exception cref="IOException">The file system refuses.</exception>
    public static void Replace(string file, string name)
    {
        // Beside the file and not beside the name: the folder with the name holds exactly what was verified, at all times.
        var beside = file + ".next";
        Create(file, beside);
        try
        {
            File.Move(beside, name, overwrite: true);
        }
        finally
        {
            // Where both were names of one file already, a move does nothing at all: see rename(2).
            File.Delete(beside);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string file, string name);
}
