using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Manifests;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// Keeps the process alive where a plugin throws on a thread, a timer or an <c>async void</c> of its own, which would otherwise end it.
/// Only exceptions with a frame of a collectible load context are swallowed; those of the application end the process as ever.
/// </summary>
internal sealed class UnhandledExceptionGuard(ILogger<UnhandledExceptionGuard> logger)
{
    /// <summary>Installs the handler. .NET allows one for a process; where there is one, nothing changes.</summary>
    public void Install()
    {
        try
        {
            ExceptionHandling.SetUnhandledExceptionHandler(Handle);
        }
        catch (InvalidOperationException)
        {
            // Set already: by the application, or by another host in this process, whose handler serves all plugins.
            logger.GuardNotInstalled();
        }
    }

    /// <summary>Whether the exception is a plugin's, so that the process goes on.</summary>
    internal bool Handle(Exception exception)
    {
        if (PluginAssembly(exception) is not { } assembly) return false;
        var fault = PluginFault.From(HostingCodes.ThrewUnhandled, exception, DateTimeOffset.UnixEpoch);
        logger.PluginThrewUnhandled(assembly, fault.ExceptionType, ShownText.Escape(fault.Message));
        return true;
    }

    /// <summary>The name of the first assembly on the stack that belongs to a plugin; text, so that nothing of the plugin is kept.</summary>
    private static string? PluginAssembly(Exception exception)
    {
        foreach (var frame in new StackTrace(exception, fNeedFileInfo: false).GetFrames())
        {
            if (frame.GetMethod()?.Module.Assembly is { } assembly && AssemblyLoadContext.GetLoadContext(assembly) is { IsCollectible: true })
                return assembly.GetName().Name;
        }

        return null;
    }
}
