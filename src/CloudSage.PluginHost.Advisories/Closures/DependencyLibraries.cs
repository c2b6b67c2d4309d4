using System.Text.Json;
using Microsoft.Extensions.DependencyModel;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>The libraries of a <c>.deps.json</c>, with the files that they bring.</summary>
internal static class DependencyLibraries
{
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    public static IReadOnlyList<DependencyLibrary> Read(byte[] json)
    {
        try
        {
            using var reader = new DependencyContextJsonReader();
            return [.. reader.Read(new MemoryStream(json)).RuntimeLibraries.Select(static library => new DependencyLibrary(library.Name, library.Version, library.Type, [.. Files(library)]))];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            // The library's words for a file that is no JSON, of another shape, or contradicts itself.
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Files for one platform keep their path; all others lie beside the entry assembly.</summary>
    private static IEnumerable<DependencyLibraryFile> Files(RuntimeLibrary library)
        => from assets in library.RuntimeAssemblyGroups.Concat(library.NativeLibraryGroups)
           from file in assets.RuntimeFiles
           select new DependencyLibraryFile(string.IsNullOrEmpty(assets.Runtime) ? file.Path[(file.Path.LastIndexOf('/') + 1)..] : file.Path, file.AssemblyVersion, file.FileVersion);
}

/// <summary>A library of a <c>.deps.json</c>.</summary>
internal sealed record DependencyLibrary(string Name, string Version, string Type, IReadOnlyList<DependencyLibraryFile> Files)
{
    private const string RuntimePrefix = "runtimepack.";

    /// <summary>Whether it was built with the plugin, and is its own.</summary>
    public bool IsOwn => Is("project");

    /// <summary>The package that it comes from; null where it is none, such as a file that is referenced by its path.</summary>
    public string? Package => Is("package") ? Name
        // The framework of a plugin that brings its own is a package of that name.
        : Is("runtimepack") && Name.StartsWith(RuntimePrefix, StringComparison.Ordinal) ? Name[RuntimePrefix.Length..]
        : null;

    private bool Is(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A file of a library, where it lies in a published folder.</summary>
internal sealed record DependencyLibraryFile(string Path, string? AssemblyVersion, string? FileVersion);
