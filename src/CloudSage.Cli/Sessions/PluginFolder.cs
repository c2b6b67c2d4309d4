using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet.Installing;

namespace CloudSage.Cli.Sessions;

/// <summary>The plugin folder that a command works with.</summary>
internal static class PluginFolder
{
    /// <summary>How it is looked into: packages in it are unpacked as a host does, or their content would be another.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="state">The state directory of its host.</param>
    public static PluginRegistrarOptions Options(string path, string state) => new(path, state) { Services = static services => services.AddPluginPackages() };

    /// <summary>The finding where it is not there; null where it is.</summary>
    public static Finding? Check(string path) => Directory.Exists(path) ? null : Finding.Error(
        CliCodes.NoPluginFolder, $"There is no plugin folder '{Path.GetFullPath(path)}'.",
        "Name one with --plugins DIR, or in a clone of the repository build the samples into 'plugins' with: dotnet build src/CloudSage.PluginHost.Worker");

    /// <summary>The finding about a plugin that is not there.</summary>
    public static Finding Unknown(string name, IReadOnlyList<PluginStatus> plugins) => Unknown(name, [.. plugins.Select(static p => p.Name)]);

    /// <summary>The finding about a plugin that is not there.</summary>
    public static Finding Unknown(string name, IReadOnlyList<string> names) => Finding.Error(
        CliCodes.UnknownPlugin, $"There is no plugin '{name}'.",
        names.Count == 0 ? "The plugin folder holds none." : $"Use one of {string.Join(", ", names)}.");
}
