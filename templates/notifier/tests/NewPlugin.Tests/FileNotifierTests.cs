using CloudSage.PluginHost.Hosting;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Testing;
using CloudSage.Plugins.Testing.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace NewPlugin.Tests;

public sealed class FileNotifierTests
{
    private static readonly PluginFixture Example = PluginFixture.Read(Path.Combine(AppContext.BaseDirectory, "fixtures", "example.json"));

    [Test]
    public async Task Alerts_are_written_once_and_below_the_minimum_not_at_all()
    {
        await using var host = await PluginTestHost.StartAsync(
            PluginUnderTest.PathOf<FileNotifierTests>(), options => options.UseFixture(Example).GrantDeclared().WriteLogTo(TestContext.Out.WriteLine));

        var replay = await host.ReplayAsync();

        Assert.That(replay.Deliveries.Select(d => (d.AlertId, d.Status)), Is.EqualTo(new[]
        {
            ("spike-1", AlertDeliveryStatus.Delivered), ("spike-2", AlertDeliveryStatus.Skipped), ("note-1", AlertDeliveryStatus.Skipped),
        }));
        await host.AssertUnloadsAsync();
    }

    [Test]
    public async Task An_alert_that_comes_several_times_at_once_is_one_line_whatever_its_title_says()
    {
        var alert = Example.Alerts[0] with { Title = "Costs\r\n2030-01-08 Critical \u001b[2Jnothing is wrong" };
        var data = Directory.CreateTempSubdirectory("notifier-");
        try
        {
            await using var host = await PluginTestHost.StartAsync(
                PluginUnderTest.PathOf<FileNotifierTests>(),
                options => options.GrantDeclared().ConfigureServices(services => services.PostConfigure<PluginHostOptions>(host => host.Activation.DataDirectory = data.FullName)));

            var deliveries = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => host.InvokeAsync<IAlertHandler, AlertDelivery>((handler, token) => handler.HandleAsync(alert, token))));

            Assert.That(deliveries.Count(d => d.Status == AlertDeliveryStatus.Delivered), Is.EqualTo(1));
            var line = await File.ReadAllTextAsync(Directory.EnumerateFiles(data.FullName, "alerts.log", SearchOption.AllDirectories).Single());
            Assert.That(line.TrimEnd('\n').Any(char.IsControl), Is.False);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
