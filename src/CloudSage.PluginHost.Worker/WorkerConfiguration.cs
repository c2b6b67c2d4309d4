using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Worker;

/// <summary>Where the worker's configuration comes from: its own defaults, then the working directory's appsettings.json, environment, command line.</summary>
internal static class WorkerConfiguration
{
    private const string OnceSwitch = "--once";

    public static HostApplicationBuilderSettings Settings(string[] args) => new()
    {
        // The command line provider wants a value for every key.
        Args = [.. args.Select(static a => a == OnceSwitch ? $"--{WorkerOptions.SectionName}:{nameof(WorkerOptions.Once)}=true" : a)],
        ContentRootPath = Directory.GetCurrentDirectory(),
    };

    /// <summary>
    /// Has it said when a settings file cannot be read while the worker runs, such as one that is cut off: then it is as if the file had not changed.
    /// </summary>
    public static void TellOfUnreadable(this IConfigurationManager configuration, ILogger logger)
    {
        foreach (var source in configuration.Sources.OfType<FileConfigurationSource>())
            source.OnLoadException = failed => logger.SettingsNotRead(failed.Exception.Message, failed.Exception.GetBaseException().Message);
    }

    /// <summary>Puts the appsettings.json beside the program first, so that everything else overrides it.</summary>
    public static void AddWorkerDefaults(this IConfigurationManager configuration) => configuration.Sources.Insert(0, new JsonConfigurationSource
    {
        Path = "appsettings.json",
        FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
        Optional = false,
    });
}
