using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>Registers what frees plugins of caches and of tables by type. After the registrations: taking a handler away may touch a cache.</summary>
internal static class CacheEvictors
{
    public static IServiceCollection AddCacheEvictors(this IServiceCollection services) => services
        .AddSingleton<IEvictor, AppContextEvictor>()
        .AddSingleton<IEvictor, RequestPrefixEvictor>()
        .AddSingleton<IEvictor, NamedSettingEvictor>()
        .AddSingleton<IEvictor, OwnStaticsEvictor>()
        .AddSingleton<IEvictor, OwnHandlesEvictor>()
        .AddSingleton<IEvictor, AnnotationsEvictor>()
        .AddSingleton<IEvictor, TypeDescriptorEvictor>()
        .AddSingleton<IEvictor, ComponentCachesEvictor>()
        .AddSingleton<IEvictor, JsonEvictor>()
        .AddSingleton<IEvictor, XmlSerializerEvictor>()
        .AddSingleton<IEvictor, DataContractEvictor>()
        .AddSingleton<IEvictor, DataTableEvictor>()
        .AddSingleton<IEvictor, HotReloadEvictor>()
        .AddSingleton<IEvictor, DispatchProxyEvictor>()
        .AddSingleton<IEvictor, DynamicBinderEvictor>()
        .AddSingleton<IEvictor, ExpressionsEvictor>();
}
