using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Activation;

/// <summary>
/// The hosted services that a plugin registered: started in their order, stopped in the reverse, as the generic host does. Their interface is
/// known by its name and not by its type, for each plugin may bring its own version of it (docs/adr/0010).
/// </summary>
internal sealed class HostedServices
{
    private const string Contract = "Microsoft.Extensions.Hosting.IHostedService";
    private const string Background = "Microsoft.Extensions.Hosting.BackgroundService";

    private readonly Type _contract;
    // Delegates of the plugin's: for as long as it runs.
    private readonly Stack<Func<CancellationToken, Task>> _stops = [];

    private HostedServices(Type contract) => _contract = contract;

    /// <summary>Those among the plugin's services; null where there are none.</summary>
    public static HostedServices? In(IServiceCollection services)
    {
        foreach (var service in services)
            if (service.ServiceType is { Name: "IHostedService", FullName: Contract } contract) return new HostedServices(contract);
        return null;
    }

    /// <summary>Starts them one after another. What a <c>BackgroundService</c> runs is from then on background work of the plugin's.</summary>
    public async Task StartAsync(IServiceProvider container, PluginScope scope, CancellationToken cancellationToken)
    {
        foreach (var service in container.GetServices(_contract))
        {
            if (service is null) continue;
            cancellationToken.ThrowIfCancellationRequested();
            await Method(service, "StartAsync")(cancellationToken).ConfigureAwait(false);
            lock (_stops) _stops.Push(Method(service, "StopAsync"));
            if (ExecuteTask(service) is { } running) scope.RunInBackground(service.GetType().Name, _ => running);
        }
    }

    /// <summary>Stops those that were started, the last first. One that fails keeps no other from being stopped.</summary>
    /// <exception cref="AggregateException">What they threw.</exception>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        List<Exception>? failures = null;
        while (true)
        {
            Func<CancellationToken, Task>? stop;
            lock (_stops)
                if (!_stops.TryPop(out stop)) break;
            try
            {
                await stop(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                // The others must be stopped all the same; thrown together at the end, to be reported as text.
                (failures ??= []).Add(e);
            }
        }

        if (failures is not null) throw new AggregateException(failures);
    }

    private Func<CancellationToken, Task> Method(object service, string name)
        => _contract.GetMethod(name)!.CreateDelegate<Func<CancellationToken, Task>>(service);

    private static Task? ExecuteTask(object service)
    {
        for (var type = service.GetType(); type is not null; type = type.BaseType)
            if (type.FullName == Background) return type.GetProperty("ExecuteTask", BindingFlags.Public | BindingFlags.Instance)?.GetValue(service) as Task;
        return null;
    }
}
