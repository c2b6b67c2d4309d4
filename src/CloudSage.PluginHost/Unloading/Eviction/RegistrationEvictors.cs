using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>The evictors of what plugins register in the process, in the order in which they run: first what calls the plugin, then what only keeps it.</summary>
internal static class RegistrationEvictors
{
    /// <summary>Registers them.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="forwarded">Names the contracts that are forwarded to plugins.</param>
    public static IServiceCollection AddRegistrationEvictors(this IServiceCollection services, Func<IServiceProvider, IReadOnlyList<Type>> forwarded) => services
        .AddSingleton<ExecutionContexts>()
        .AddSingleton<TaskWaiters>()
        .AddSingleton<CancellationWaiters>()
        .AddSingleton<TimerQueues>()
        .AddSingleton<TickWaiters>()
        .AddSingleton<ElapsedHandlers>()
        .AddSingleton<BlockedThreads>()
        .AddSingleton<WaitChains>()
        .AddSingleton<SocketOperations>()
        .AddSingleton<ProcessHandlers>()
        .AddSingleton<IEvictor, TimerEvictor>()
        .AddSingleton<IEvictor, RegisteredWaitEvictor>()
        .AddSingleton<IEvictor, SocketEvictor>()
        .AddSingleton<IEvictor, HttpListenerEvictor>()
        .AddSingleton<IEvictor, SignalEvictor>()
        .AddSingleton<IEvictor, EventCounterEvictor>()
        .AddSingleton<IEvictor, StaticEventEvictor>()
        .AddSingleton<IEvictor, NamedEventEvictor>()
        .AddSingleton<IEvictor, NetworkEventEvictor>()
        .AddSingleton<IEvictor>(s => new ForwardedServiceEvictor(
            s, forwarded(s), s.GetRequiredService<RuntimeShapes>(), s.GetRequiredService<CancellationWaiters>(), s.GetRequiredService<TaskWaiters>()))
        .AddSingleton<IEvictor, DiagnosticSubscriptionEvictor>()
        .AddSingleton<IEvictor, ActivityListenerEvictor>()
        .AddSingleton<IEvictor, ActivitySourceEvictor>()
        .AddSingleton<IEvictor, EventListenerEvictor>()
        .AddSingleton<IEvictor, MeterListenerEvictor>()
        .AddSingleton<IEvictor, TraceListenerEvictor>()
        .AddSingleton<IEvictor, MeterEvictor>()
        .AddSingleton<IEvictor, InstrumentEvictor>()
        .AddSingleton<IEvictor, DiagnosticListenerEvictor>()
        .AddSingleton<IEvictor, EncodingProviderEvictor>()
        .AddSingleton<IEvictor, ProviderTableEvictor>()
        .AddSingleton<IEvictor, ProcessSlotEvictor>()
        .AddSingleton<IEvictor, DllResolverEvictor>()
        .AddSingleton<IEvictor, DataSlotEvictor>()
        .AddSingleton<IEvictor, OwnContextEvictor>();
}
