using System.Diagnostics;
using System.Reflection;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>The versions that an assembly says of itself. Nothing of it is loaded.</summary>
internal sealed record AssemblyVersions(string Assembly, string? File)
{
    /// <summary>Reads them; null where the file is no .NET assembly.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AssemblyVersions? Read(string path)
    {
        try
        {
            return new AssemblyVersions(AssemblyName.GetAssemblyName(path).Version?.ToString() ?? "0.0.0.0", FileVersionInfo.GetVersionInfo(path).FileVersion);
        }
        catch (BadImageFormatException)
        {
            // A native library has no such versions, and none are claimed for it.
            return null;
        }
    }
}
