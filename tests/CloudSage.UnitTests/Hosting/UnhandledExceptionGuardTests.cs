using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Hosting;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Testing;

namespace CloudSage.UnitTests.Hosting;

public sealed class UnhandledExceptionGuardTests
{
    private readonly FakeLogger<UnhandledExceptionGuard> _log = new();

    [Test]
    public void An_exception_of_the_applications_ends_the_process_as_ever()
    {
        var own = Catch(static () => throw new InvalidOperationException("ours"));
        new UnhandledExceptionGuard(_log).Handle(own).Should().BeFalse();
        new UnhandledExceptionGuard(_log).Handle(new InvalidOperationException("never thrown")).Should().BeFalse();
        _log.Collector.Count.Should().Be(0);
    }

    [Test]
    public void An_exception_with_a_frame_of_a_plugins_is_reported_as_text_and_the_process_goes_on()
    {
        HandleThrown("\u001b[2Jby\ndesign").Should().BeTrue();
        var record = _log.Collector.LatestRecord;
        record.Exception.Should().BeNull();
        record.Message.Should().Contain("Thrower").And.Contain("InvalidOperationException").And.Contain("design").And.NotContainAny("\u001b", "\n");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool HandleThrown(string message)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var source = "public static class T { public static void Throw(string m) => throw new System.InvalidOperationException(m); }";
        var assembly = context.LoadFromStream(new MemoryStream(new TestAssembly("Thrower") { Source = source, References = [] }.Build()));
        var throws = assembly.GetType("T")!.GetMethod("Throw")!.CreateDelegate<Action<string>>();
        var thrown = Catch(() => throws(message));
        context.Unload();
        return new UnhandledExceptionGuard(_log).Handle(thrown);
    }

    private static InvalidOperationException Catch(Action action) => FluentActions.Invoking(action).Should().Throw<InvalidOperationException>().Which;
}
