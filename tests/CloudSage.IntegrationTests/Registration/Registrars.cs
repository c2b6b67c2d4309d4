using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>An operator who registers plugins of a workspace.</summary>
internal static class Registrars
{
    public static PluginRegistrar Of(Workspace place, string environment = "Production", string? folder = null) => new(
        new PluginRegistrarOptions(folder ?? place.Plugins.Path, place.State)
        {
            Environment = environment, Actor = "tester", Host = static o => o.Share(typeof(CloudSage.Fixtures.Embedder.Answer).Assembly).Forward<CloudSage.Fixtures.Embedder.IGate>(),
        },
        TimeProvider.System);

    /// <summary>Registers a plugin and returns what kept it from being registered.</summary>
    public static async Task<IReadOnlyList<Finding>> RegisterAsync(Workspace place, string path, params string[] grants)
    {
        await using var registrar = Of(place);
        await using var pending = await registrar.PrepareAsync(path, null, CancellationToken.None);
        return pending.Commit(grants);
    }

    public static async Task<PluginLock> LockAsync(Workspace place)
    {
        await using var registrar = Of(place);
        return registrar.Read();
    }

    public static async Task<IReadOnlyList<string>> VerifyAsync(Workspace place)
    {
        await using var registrar = Of(place);
        return [.. (await registrar.VerifyAsync(CancellationToken.None)).Select(static f => f.ToString())];
    }
}
