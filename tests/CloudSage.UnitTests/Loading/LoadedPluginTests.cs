using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Loading;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Triggers;

namespace CloudSage.UnitTests.Loading;

[CancelAfter(30_000)]
public sealed class LoadedPluginTests
{
    [Test]
    public async Task After_the_unload_nothing_is_kept_and_nothing_can_be_used(CancellationToken test)
    {
        var (loaded, weak) = LoadAndUnload();
        FluentActions.Invoking(() => loaded.Entry).Should().Throw<ObjectDisposedException>();
        FluentActions.Invoking(() => loaded.Unload(static _ => { })).Should().Throw<ObjectDisposedException>();
        await Eventually.Is(() =>
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return !weak.IsAlive;
        }, test);
        GC.KeepAlive(loaded);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (LoadedPlugin, WeakReference) LoadAndUnload()
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = context.LoadFromStream(new MemoryStream(new TestAssembly("Subject").Build()));
        var loaded = new LoadedPlugin(context, PluginEntry.Find(assembly, null).Value!, []);
        loaded.Entry.Type.Assembly.Should().BeSameAs(assembly);
        return (loaded, loaded.Unload(static _ => { }));
    }
}
