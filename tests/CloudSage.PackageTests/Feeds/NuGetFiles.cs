using NuGet.Configuration;

namespace CloudSage.PackageTests.Feeds;

/// <summary>A NuGet.Config as a user writes it: a source of the test's for the plugins, the machine's own sources for everything else.</summary>
internal static class NuGetFiles
{
    /// <summary>Writes a NuGet.Config.</summary>
    /// <param name="folder">The folder that it is for.</param>
    /// <param name="source">The address of the source that has the plugins.</param>
    /// <param name="more">Further sections.</param>
    /// <param name="another">Another source that may have them too.</param>
    public static void Write(string folder, string source, string more = "", string? another = null)
    {
        var machine = PackageSourceProvider.LoadPackageSources(Settings.LoadDefaultSettings(root: null)).Where(static s => s.IsEnabled).ToList();
        File.WriteAllText(Path.Combine(folder, "NuGet.Config"), $"""
            <configuration>
              <packageSources>
                <add key="plugins" value="{source}" />
                {(another is null ? "" : $"""<add key="another" value="{another}" />""")}
              </packageSources>
              <packageSourceMapping>
                <packageSource key="plugins">
                  <package pattern="*.User" />
                  <package pattern="*.Neighbour" />
                  <package pattern="Made.*" />
                </packageSource>
                {(another is null ? "" : """<packageSource key="another"><package pattern="*.User" /></packageSource>""")}
                {string.Concat(machine.Select(static s => $"""<packageSource key="{s.Name}"><package pattern="*" /></packageSource>"""))}
              </packageSourceMapping>
              {more}
            </configuration>
            """);
    }
}
