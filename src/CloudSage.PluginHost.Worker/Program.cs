using CloudSage.Analysis.Hosting;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Diagnostics;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet.Installing;
using CloudSage.PluginHost.Runner.Admission;
using CloudSage.PluginHost.Updates.Applying;
using CloudSage.PluginHost.Worker;
using CloudSage.Terminal;
using CloudSage.Terminal.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

var builder = Host.CreateApplicationBuilder(WorkerConfiguration.Settings(args));
builder.Configuration.AddWorkerDefaults();
builder.Logging.AddCompactConsole();

builder.Services.AddPluginHost(builder.Configuration.GetSection(PluginHostOptions.SectionName));
builder.Services.AddPluginScan(builder.Configuration.GetSection("PluginHost:Scan"));
builder.Services.AddPluginAdvisories(builder.Configuration.GetSection("PluginHost:Advisories"));
builder.Services.AddPluginPackages(builder.Configuration.GetSection("PluginHost:Packages"));
builder.Services.AddSecurityUpdates(builder.Configuration.GetSection("PluginHost:SecurityUpdates"));
builder.Services.AddLeakReports();
builder.Services.AddCostAnalysis(builder.Configuration.GetSection("Analysis"));

builder.Services.Configure<WorkerOptions>(builder.Configuration.GetSection(WorkerOptions.SectionName));
builder.Services.AddSingleton(TerminalOutput.Standard());
builder.Services.AddHostedService<FirstAnalysis>();

try
{
    using var host = builder.Build();
    builder.Configuration.TellOfUnreadable(host.Services.GetRequiredService<ILogger<WorkerOptions>>());
    await host.RunAsync();
    return Environment.ExitCode;
}
catch (OperationCanceledException)
{
    // Stopped while it was starting, which the generic host says by this exception: nothing is wrong.
    return 0;
}
catch (Exception e) when (e is OptionsValidationException or InvalidOperationException or InvalidDataException)
{
    // Wrong options, a store that another host uses, a damaged state file: the message says how to mend it, and where it comes from does not.
    // With Logging:LogLevel:Microsoft.Extensions.Hosting.Internal.Host=Error the whole exception is logged as well.
    await Console.Error.WriteLineAsync($"The worker cannot start. {e.Message}");
    return 2;
}
