using CloudSage.PluginHost;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Lifecycle;

public sealed class PluginRegisterTests
{
    [Test]
    public void Names_that_come_and_go_for_ever_are_forgotten_save_the_latest_and_what_still_matters()
    {
        using var folder = new TempFolder();
        var register = new PluginRegister(new StateFile(folder.Path));
        for (var i = 0; i < 1_000; i++)
            register.Of($"p{i}").LastUnload = new UnloadVerdict($"p{i}", "1.0.0", true, 1, default, DateTimeOffset.UnixEpoch.AddSeconds(i));
        register.Of("p0").Note(new UnloadVerdict("p0", "1.0.0", false, 1, default, DateTimeOffset.UnixEpoch));
        register.Of("p1").Operation = PluginOperation.Retiring;
        register.Of("p2").Serve(new FakeRunning(FakeRunning.Version("p2")), default, new PluginTimings(default, default, default, default, default), []);

        register.Forget(new HashSet<string> { "p3" });

        register.Live.Keys.Should().Contain(["p0", "p1", "p2", "p3", "p999", "p744"]).And.NotContain("p743");
        register.Live.Should().HaveCount(256 + 4);
    }
}
