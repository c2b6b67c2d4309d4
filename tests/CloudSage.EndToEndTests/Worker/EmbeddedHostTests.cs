using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Worker;

/// <summary>The sample that embeds the host.</summary>
public sealed class EmbeddedHostTests
{
    [Test, CancelAfter(60_000)]
    public async Task It_calls_an_adapter_prints_events_and_ends_with_Ctrl_C(CancellationToken deadline)
    {
        if (OperatingSystem.IsWindows()) Assert.Ignore("Windows has no way to interrupt another process without a console of its own.");
        using var directory = new TemporaryDirectory();
        directory.AddPlugins("plugins", "focus-adapter");
        TemporaryDirectory.Copy(Path.Combine(Paths.Repository, "samples", "data"), directory["samples", "data"]);
        using var host = RunningProgram.Start(Paths.EmbeddedHost, directory.Path);
        await host.WaitForAsync("focus-adapter 1.0.0: FOCUS 1.2 CSV", deadline);

        directory.AddPlugins("plugins", "console-notifier");
        await host.WaitForAsync("Added: console-notifier 1.0.0 added", deadline);

        host.Interrupt();
        (await host.WaitForExitAsync(deadline)).Should().Be(0, host.Error);
    }
}
