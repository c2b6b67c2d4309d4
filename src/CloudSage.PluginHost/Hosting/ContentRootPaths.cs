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
        for (var i = 0; i < directories.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(directories[i])) directories[i] = Path.GetFullPath(directories[i], root);
        }

        options.Staging.StoreDirectory = Path.GetFullPath(options.Staging.StoreDirectory, root);
        options.Activation.DataDirectory = Path.GetFullPath(options.Activation.DataDirectory, root);
        options.Lifecycle.StateDirectory = Path.GetFullPath(options.Lifecycle.StateDirectory, root);
    }
}
