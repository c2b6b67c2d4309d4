using CloudSage.Analysis.Hosting;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Worker;
using CloudSage.Terminal;
using CloudSage.Terminal.Logging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(WorkerConfiguration.Settings(args));
builder.Configuration.AddWorkerDefaults();
builder.Logging.AddCompactConsole();

builder.Services.AddPluginHost(builder.Configuration.GetSection(PluginHostOptions.SectionName));
builder.Services.AddCostAnalysis(builder.Configuration.GetSection("Analysis"));

builder.Services.Configure<WorkerOptions>(builder.Configuration.GetSection(WorkerOptions.SectionName));
builder.Services.AddSingleton(TerminalOutput.Standard());
builder.Services.AddHostedService<FirstAnalysis>();

await builder.Build().RunAsync();
return Environment.ExitCode;
