using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Unloading.Eviction;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.IntegrationTests.Unloading.Eviction;

/// <summary>What evictors must not do, whatever they find.</summary>
internal sealed class EvictionSafetyTests : IDisposable
{
    private readonly Evictors _evictors = new();

    public void Dispose() => _evictors.Dispose();

    [Test]
    public async Task No_static_constructor_of_a_plugins_is_run_by_an_eviction()
    {
        var tenant = Tenant.Load(Tenant.Compile("""
            return name; }
            private static class Never
            {
                private static readonly ConditionalWeakTable<object, object> table = new();
                static Never() => AppContext.SetData("never", "run");
            }
            private class Other {
            """));
        tenant.Run("first");
        await tenant.Leave(_evictors.Full).GoneAsync();
        AppContext.GetData("never").Should().BeNull();
    }

    [Test]
    public async Task A_thread_that_still_runs_makes_its_thread_local_anew()
    {
        var tenant = Tenant.Load(Tenant.Compile("""
            var before = local.Value;
            AppDomain.CurrentDomain.SetData("tenant waits", true);
            SpinWait.SpinUntil(() => AppDomain.CurrentDomain.GetData("tenant waits") is false);
            return ReferenceEquals(before, local.Value) ? "kept" : local.Value == null ? "lost" : "made anew"; }
            private static readonly ThreadLocal<object> local = new(() => new Entry());
            private class Other {
            """));
        var running = Task.Run(() => tenant.Run("first"));
        await Eventually.TrueAsync(static () => AppDomain.CurrentDomain.GetData("tenant waits") is true, "the tenant's thread waits", static () => "nothing");
        tenant.Leave(_evictors.Full);
        AppDomain.CurrentDomain.SetData("tenant waits", false);

        (await running).Should().Be("made anew");
        // What the thread made after the first eviction is found by the second.
        tenant.Retry(_evictors.Full);
        await tenant.GoneAsync("its thread has ended");
    }

    [Test]
    public async Task Delegates_in_static_settings_of_the_hosts_are_evicted()
    {
        var image = Tenant.Compile("HostSettings.Greeting = x => x + name; return HostSettings.Greeting(name);");
        var pinned = Tenant.Load(image);
        pinned.Run("first");
        pinned.Leave(_evictors.Without(typeof(NamedSettingEvictor))).IsGone(3).Should().BeFalse();
        var other = Tenant.Load(image);
        other.Leave(_evictors.Full);
        Greets().Should().BeTrue("it is another's");

        pinned.Retry(_evictors.Full);
        Greets().Should().BeFalse();
        await pinned.GoneAsync();
        await other.GoneAsync();
    }

    [Test]
    public async Task Settings_that_are_not_the_plugins_or_must_not_be_null_are_left_alone()
    {
        var theirs = HostSettings.Neighbours = new object();
        var tenant = Tenant.Load(Tenant.Compile("HostSettings.Required = new Entry(); if (name == \"never\") HostSettings.Neighbours = name; return name;"));
        tenant.Run("first");
        tenant.Leave(_evictors.Full).IsGone(2).Should().BeFalse("what the setting's default was, nobody knows");

        NameOfRequired().Should().Be("Entry");
        HostSettings.Neighbours.Should().BeSameAs(theirs);
        HostSettings.Required = "the host's";
        await tenant.GoneAsync();
    }

    [Test]
    public async Task Caches_that_a_library_clears_at_a_hot_reload_are_cleared_where_the_plugin_refers_to_it()
    {
        var image = FixtureCompiler.Compile("Remembering", """
            [assembly: System.Reflection.Metadata.MetadataUpdateHandler(typeof(Remembering.Reload))]
            namespace Remembering;
            public static class Memory { public static readonly System.Collections.Generic.HashSet<System.Type> Types = new(); }
            internal static class Reload { internal static void ClearCache(System.Type[] types) => Memory.Types.Clear(); }
            """, new Version(1, 0));
        AssemblyLoadContext.Default.LoadFromStream(new MemoryStream(image));
        var library = MetadataReference.CreateFromImage(image);
        const string count = "return Remembering.Memory.Types.Count.ToString();";
        var host = Tenant.Host(Tenant.Compile(count, library));
        var user = Tenant.Compile("Remembering.Memory.Types.Add(typeof(Entry)); " + count, library);

        var pinned = Tenant.Load(user);
        pinned.Run("first").Should().Be("1");
        pinned.Leave(_evictors.Without(typeof(HotReloadEvictor))).IsGone(3).Should().BeFalse();
        var stranger = Tenant.Load(Tenant.Compile("return name;"));
        stranger.Run("first");
        await stranger.Leave(_evictors.Full).GoneAsync();
        host.Run("still").Should().Be("1", "who does not refer to the library costs its host nothing");

        pinned.Retry(_evictors.Full);
        host.Run("now").Should().Be("0");
        await pinned.GoneAsync();
    }

    [Test]
    public void A_shape_that_the_runtime_lacks_is_logged_once_and_skipped()
    {
        var logs = new CapturedLogs();
        using var factory = LoggerFactory.Create(b => b.AddProvider(logs));
        using var shapes = new RuntimeShapes(factory.CreateLogger<RuntimeShapes>());
        for (var i = 0; i < 2; i++)
        {
            shapes.Field(typeof(AppContext), "s_never").Should().BeNull();
            shapes.Method(typeof(AppContext), "Never").Should().BeNull();
            shapes.Type("System.Private.CoreLib", "System.Never").Should().BeNull();
            shapes.Type("No.Such.Assembly", "System.Never").Should().BeNull();
        }

        logs.Entries.Should().HaveCount(3);
    }

    [Test]
    public void What_is_loaded_later_is_found_then()
    {
        using var shapes = new RuntimeShapes(NullLogger<RuntimeShapes>.Instance);
        const string late = "System.Formats.Tar";
        if (AppDomain.CurrentDomain.GetAssemblies().Any(static a => a.GetName().Name == late)) Assert.Ignore($"{late} is loaded already");
        shapes.Type(late, "System.Formats.Tar.TarReader").Should().BeNull();
        AssemblyLoadContext.Default.LoadFromAssemblyName(new(late));
        shapes.Type(late, "System.Formats.Tar.TarReader").Should().NotBeNull();
    }

    [Test]
    public async Task A_plugin_that_used_no_cache_is_freed_of_nothing()
    {
        var tenant = Tenant.Load(Tenant.Compile("return name;"));
        tenant.Run("first");
        tenant.Leave(_evictors.Full).Evicted.Should().BeEmpty();
        await tenant.GoneAsync();
    }

    // In frames of their own: a test's frame may hold what it looked at until its end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Greets() => HostSettings.Greeting is not null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string NameOfRequired() => HostSettings.Required.GetType().Name;
}
