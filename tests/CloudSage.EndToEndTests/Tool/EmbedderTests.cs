using CloudSage.EndToEndTests.Programs;

namespace CloudSage.EndToEndTests.Tool;

/// <summary>An application that takes the host from its packages, and not from this repository's projects.</summary>
public sealed class EmbedderTests
{
    [Test, CancelAfter(240_000)]
    public async Task An_application_that_is_built_of_the_packages_has_its_plugins_scanned(CancellationToken deadline)
    {
        using var place = PackedTool.Workplace();
        foreach (var project in new[] { "CloudSage.Plugins.Abstractions", "CloudSage.PluginHost", "CloudSage.PluginHost.Runner" })
            await SucceedAsync("dotnet", "pack", Path.Combine(Paths.Repository, "src", project), "--no-build", "--configuration", Paths.Configuration, "--output", PackedTool.Feed, "--verbosity", "quiet");
        await File.WriteAllTextAsync(place["App.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="CloudSage.PluginHost.Runner" Version="0.1.0" />
                <PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.0" />
              </ItemGroup>
            </Project>
            """, deadline);
        await File.WriteAllTextAsync(place["Program.cs"], """
            using CloudSage.PluginHost;
            using CloudSage.PluginHost.Hosting;
            using CloudSage.PluginHost.Runner.Admission;
            using Microsoft.Extensions.DependencyInjection;
            using Microsoft.Extensions.Hosting;

            var builder = Host.CreateApplicationBuilder();
            builder.Services.AddPluginHost().AddPluginScan();
            using var host = builder.Build();
            await host.StartAsync();
            var plugin = host.Services.GetRequiredService<IPluginHost>().Find("focus-adapter")!;
            Console.WriteLine($"{plugin.Name} is {plugin.State}: {string.Join(' ', plugin.Findings)}");
            await host.StopAsync();
            """, deadline);
        await SucceedAsync("dotnet", "build", place["App.csproj"], "--output", place["built"], "--verbosity", "quiet");
        place.AddPlugins("plugins", "focus-adapter");

        var run = await SucceedAsync("dotnet", place["built", "App.dll"]);

        run.Output.Should().Contain("focus-adapter is ").And.NotContain("CSG2505", "the scanner is there").And.Contain("CSG2501", "what it was not granted is found in its code");

        async Task<CsgRun> SucceedAsync(string command, params string[] arguments)
        {
            var done = await PackedTool.RunAsync(command, place.Path, deadline, arguments);
            done.ExitCode.Should().Be(0, "{0}", $"{string.Join(' ', arguments)}: {done.Output}{done.Error}");
            return done;
        }
    }
}
