using System.Reflection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Takes the plugin's code off the host services that were forwarded to it: off their events, their cancellations, the tasks that
/// they let others wait for, and the changes that they announce. Looks no deeper than the fields of the services themselves.
/// </summary>
/// <param name="services">The host's services.</param>
/// <param name="forwarded">The contracts that are forwarded to plugins.</param>
/// <param name="shapes">The runtime's private parts.</param>
/// <param name="cancellations">Cuts registrations.</param>
/// <param name="tasks">Cuts waits.</param>
internal sealed class ForwardedServiceEvictor(
    IServiceProvider services, IReadOnlyList<Type> forwarded, RuntimeShapes shapes, CancellationWaiters cancellations, TaskWaiters tasks) : IEvictor
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public string Cause => "registrations with host services";

    public EvictionKind Kind => EvictionKind.Registration;

    public int Evict(PluginOwnership plugin) => forwarded.Select(services.GetService).OfType<object>().Distinct().Sum(s => Evict(plugin, s));

    private int Evict(PluginOwnership plugin, object service)
    {
        var removed = 0;
        for (var type = service.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            foreach (var field in type.GetFields(Declared))
                removed += field.FieldType.IsValueType && field.FieldType != typeof(CancellationToken) ? 0 : Evict(plugin, service, type, field);
        return removed;
    }

    private int Evict(PluginOwnership plugin, object service, Type type, FieldInfo field) => field.GetValue(service) switch
    {
        Delegate handlers when RemoverOf(type, field) is { } remove => HandlersOf(plugin, handlers, remove, service),
        CancellationTokenSource source => cancellations.Cut(plugin, source),
        CancellationToken token when SourceOf(token) is { } source => cancellations.Cut(plugin, source),
        Task task => tasks.Cut(plugin, task),
        { } completion when TaskOf(completion) is { } task => tasks.Cut(plugin, task),
        { } changes when ReloadOf(changes) is { } source => cancellations.Cut(plugin, source),
        _ => 0,
    };

    private int HandlersOf(PluginOwnership plugin, Delegate handlers, MethodInfo remove, object service)
    {
        var owned = Array.FindAll(handlers.GetInvocationList(), h => plugin.Owns(h) || plugin.Owns(ListenerOf(h.Target)));
        foreach (var handler in owned) remove.Invoke(service, BindingFlags.DoNotWrapExceptions, null, [handler], null);
        return owned.Length;
    }

    /// <summary>The event's own way to take a handler back; a field that belongs to no event is the service's private affair.</summary>
    private static MethodInfo? RemoverOf(Type type, FieldInfo field)
        => Array.Find(type.GetEvents(Declared), e => field.Name == e.Name || field.Name == "_" + char.ToLowerInvariant(e.Name[0]) + e.Name[1..])?.GetRemoveMethod(nonPublic: true);

    private CancellationTokenSource? SourceOf(CancellationToken token) => shapes.Field(typeof(CancellationToken), "_source")?.GetValue(token) as CancellationTokenSource;

    private static Task? TaskOf(object completion) => completion switch
    {
        TaskCompletionSource source => source.Task,
        _ when completion.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(TaskCompletionSource<>)
            => type.GetProperty(nameof(TaskCompletionSource.Task))?.GetValue(completion) as Task,
        _ => null,
    };

    /// <summary>An options monitor wraps its listeners.</summary>
    private object? ListenerOf(object? target) => Named(target, "ChangeTrackerDisposable", "Microsoft.Extensions.Options", "_listener");

    /// <summary>A configuration announces its next change by a token of its own.</summary>
    private CancellationTokenSource? ReloadOf(object changes)
        => Named(changes, "ConfigurationReloadToken", "Microsoft.Extensions.Configuration", "_cts") as CancellationTokenSource;

    private object? Named(object? target, string name, string space, string field)
        => target?.GetType() is { } type && type.Name == name && type.Namespace == space ? shapes.Field(type, field)?.GetValue(target) : null;
}
