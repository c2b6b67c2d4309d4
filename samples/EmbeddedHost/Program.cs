using CloudSage.PluginHost;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using CloudSage.Plugins.Adapters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

var builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.Services.AddPluginHost();
using var app = builder.Build();

// From here on plugins may come, change and go at any time.
var plugins = app.Services.GetRequiredService<IPluginHost>();
var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
var events = PrintEventsAsync();
await app.StartAsync();
foreach (var plugin in plugins.Plugins) Console.WriteLine($"{plugin.Name} {plugin.Version}: {plugin.State}");

// One call of an extension point: every adapter says whether it can read the bill. What fails comes back as an outcome.
var bill = new CostSource("shop-focus-1.2.csv", Path.GetFullPath("samples/data/shop-focus-1.2.csv"));
var answers = await app.Services.GetRequiredService<IExtensionBroker>().InvokeAllAsync<ICloudAdapter, CostSource, CostSourceMatch>(
    bill, static (adapter, source, token) => adapter.RecognizeAsync(source, token), null, stopping);
foreach (var answer in answers)
    Console.WriteLine($"{answer.Plugin} {answer.Version}: {(answer.Succeeded ? answer.Value?.Format ?? answer.Value?.Reason : answer.Fault?.Message)}");

Console.WriteLine("Change the plugins folder and see; Ctrl-C ends.");
await app.WaitForShutdownAsync();
// The subscription ends with the application, by cancellation.
await events.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

async Task PrintEventsAsync()
{
    await foreach (var change in plugins.WatchAsync(stopping)) Console.WriteLine($"{change.Kind}: {change.Message}");
}
