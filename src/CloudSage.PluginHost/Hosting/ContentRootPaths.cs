using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Hosting;

/// <summary>Makes the relative paths of the options absolute: relative to the content root where there is one, else to the working directory.</summary>
internal sealed class ContentRootPaths(IHostEnvironment? environment = null) : IPostConfigureOptions<PluginHostOptions>
{
    public void PostConfigure(string? name, PluginHostOptions options)
    {
        var root = environment?.ContentRootPath ?? Directory.GetCurrentDirectory();
        var directories = options.Discovery.Directories;
        if (directories.Count == 0) directories.Add("plugins");
        for (var i = 0; i < directories.Count; i++) directories[i] = Absolute(directories[i], root);
        options.Staging.StoreDirectory = Absolute(options.Staging.StoreDirectory, root);
        options.Activation.DataDirectory = Absolute(options.Activation.DataDirectory, root);
        options.Lifecycle.StateDirectory = Absolute(options.Lifecycle.StateDirectory, root);
        var audit = options.Registration.AuditFile;
        options.Registration.AuditFile = string.IsNullOrWhiteSpace(audit) ? Path.Combine(options.Lifecycle.StateDirectory, "audit.jsonl") : Absolute(audit, root);
        var file = options.Services.File;
        options.Services.File = string.IsNullOrWhiteSpace(file) ? Path.Combine(options.Lifecycle.StateDirectory, "services.json") : Absolute(file, root);
        if (string.IsNullOrWhiteSpace(options.Registration.Environment)) options.Registration.Environment = environment?.EnvironmentName ?? Environments.Production;
    }

    /// <summary>An empty path stays as it is, for the validation to find: it would become the root itself.</summary>
    private static string Absolute(string path, string root) => string.IsNullOrWhiteSpace(path) ? path : Path.GetFullPath(path, root);
}
