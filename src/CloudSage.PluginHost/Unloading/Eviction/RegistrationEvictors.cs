using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>The evictors of what plugins register in the process, in the order in which they run: first what calls the plugin, then what only keeps it.</summary>
internal static class RegistrationEvictors
{
    public static IServiceCollection AddRegistrationEvictors(this IServiceCollection services) => services
        .AddSingleton<ExecutionContexts>()
        .AddSingleton<TaskWaiters>()
        .AddSingleton<CancellationWaiters>()
        .AddSingleton<TimerQueues>()
        .AddSingleton<TickWaiters>()
        .AddSingleton<ElapsedHandlers>()
        .AddSingleton<IEvictor, TimerEvictor>()
        .AddSingleton<IEvictor, RegisteredWaitEvictor>()
        .AddSingleton<IEvictor, StaticEventEvictor>()
        .AddSingleton<IEvictor, NamedEventEvictor>()
        .AddSingleton<IEvictor, NetworkEventEvictor>()
        .AddSingleton<IEvictor, DiagnosticSubscriptionEvictor>()
        .AddSingleton<IEvictor, ActivityListenerEvictor>()
        .AddSingleton<IEvictor, EventListenerEvictor>()
        .AddSingleton<IEvictor, MeterListenerEvictor>()
        .AddSingleton<IEvictor, InstrumentEvictor>();
}
