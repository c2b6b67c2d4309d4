using System.Reflection;
using System.Security;

namespace CloudSage.Cli.Authoring;

/// <summary>
/// Where a new project gets our packages from. csg carries those of its own version, so that a project builds where no feed has them; they are
/// put into the project, with a nuget.config that names them.
/// </summary>
internal static class PackageSource
{
    private const string Folder = "packages";

    private static readonly string Carried = Path.Combine(AppContext.BaseDirectory, "packages");

    /// <summary>The version of our packages that belongs to this csg.</summary>
    public static string Version { get; } = typeof(PackageSource).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Whether this csg carries packages: one that was built, but not packed or published, does not.</summary>
    public static bool IsCarried => Directory.Exists(Carried);

    /// <summary>Writes the project's nuget.config.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="source">A feed that has the packages; null takes those that csg carries.</param>
    public static void Write(string project, string? source)
    {
        if (source is null)
        {
            if (!IsCarried) return;
            var copies = Directory.CreateDirectory(Path.Combine(project, Folder)).FullName;
            foreach (var package in Directory.EnumerateFiles(Carried, "*.nupkg")) File.Copy(package, Path.Combine(copies, Path.GetFileName(package)));
        }

        File.WriteAllText(Path.Combine(project, "nuget.config"), Config(source is null ? Folder : Located(source)));
    }

    // A folder is written as it is wherever the project lies; an address stays as it is.
    private static string Located(string source)
        => Uri.TryCreate(source, UriKind.Absolute, out var address) && !address.IsFile ? source : Path.GetFullPath(source);

    private static string Config(string source) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <!-- Where the packages CloudSage.Plugins.* come from, beside the feeds of this machine. Remove it once one of those has them. -->
        <configuration>
          <packageSources>
            <add key="cloudsage" value="{SecurityElement.Escape(source)}" />
          </packageSources>
        </configuration>

        """.ReplaceLineEndings("\n");
}
