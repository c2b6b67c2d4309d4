using System.Diagnostics;
using CloudSage.PluginHost.Runner.Admission;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.UnitTests.Runner;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSage.IntegrationTests.Admission;

/// <summary>The scan in a real host: what a plugin does not say keeps it out, and what harms the scanner harms nobody else.</summary>
internal sealed class PluginScanTests : HostTests
{
    private const string Name = "scanned";
    private const string Execute = "return new CommandResult(true, CodeVersion + System.Net.Dns.GetHostName().Length.ToString()[..0]);";
    private const string Declared = "permissions: [{ name: UseNetwork, reason: Looks up a name. }]";

    [Test, Description("Bad input 53")]
    public async Task Undeclared_use_of_the_network_is_refused_and_declared_and_granted_use_runs()
    {
        Plugins.Add(new PluginSource(Name) { Execute = Execute }.Build());
        await using var host = await StartScannedAsync(grants: "UseNetwork");
        var refused = await host.BecomesAsync(Name, PluginState.Rejected);
        refused.Findings.Should().ContainSingle().Which.Should().Match<Finding>(static f => f.Code == "CSG2510" && f.Message.Contains("System.Net.Dns.GetHostName") && f.Location!.File == "scanned.dll");
        PluginMemory.LoadedFrom(Place.Store).Should().BeEmpty("nothing of it was loaded");

        Plugins.Swap(new PluginSource(Name) { Execute = Execute, Manifest = Declared, Version = "1.1.0" }.Build());

        await host.BecomesAsync(Name, PluginState.Active, "1.1.0");
        (await host.AskAsync(Name)).Should().Be("1.1.0");
    }

    [Test]
    public async Task A_use_that_is_declared_and_not_granted_is_refused()
    {
        Plugins.Add(new PluginSource(Name) { Execute = Execute, Manifest = Declared }.Build());
        await using var host = await StartScannedAsync();

        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2501");
    }

    [Test]
    [Description("Bad input 57: what passes no gate is denied by unloading it")]
    public async Task A_use_that_is_revoked_takes_the_plugin_out_of_service_until_it_is_granted_again()
    {
        await Registration.Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name) { Execute = Execute, Manifest = Declared }.Build()), "UseNetwork");
        await using var host = await StartScannedAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        await using var registrar = Registration.Registrars.Of(Place);

        registrar.Revoke(Name, ["UseNetwork"]).Should().BeEmpty();

        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2501");
        await host.HappensAsync(PluginEventKind.Withdrawn, Name);
        registrar.Grant(Name, ["UseNetwork"]).Should().BeEmpty();
        await host.BecomesAsync(Name, PluginState.Active);
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task An_upgrade_that_uses_more_than_it_says_leaves_the_old_version_serving()
    {
        Plugins.Add(new PluginSource(Name).Build());
        await using var host = await StartScannedAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.Swap(new PluginSource(Name) { Execute = Execute, Version = "1.1.0" }.Build());

        await Eventually.TrueAsync(() => host.Plugins.Find(Name)!.Findings.Any(static f => f.Code == "CSG2510"), "the use is found");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test, Description("Bad input 11")]
    public async Task A_library_that_is_crafted_to_harm_its_reader_keeps_its_plugin_out_and_harms_no_neighbour([Values] CraftedFile.Trick trick)
    {
        // This one is read once and not followed: nothing is wrong with it.
        var harmless = trick == CraftedFile.Trick.GenericTypeOfItself;
        Plugins.Add(new PluginSource(Name).Build().With("crafted.dll", CraftedFile.Build(trick)));
        Plugins.Add(new PluginSource("neighbour").Build());
        await using var host = await StartScannedAsync();

        var status = await host.BecomesAsync(Name, harmless ? PluginState.Active : PluginState.Rejected);
        status.Findings.Any(static f => f.Code == "CSG2502" && f.Location!.File == "crafted.dll").Should().Be(!harmless, string.Join('\n', status.Findings));
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
    }

    [Test]
    public async Task The_scanner_is_warm_with_the_host_and_ends_with_it()
    {
        int process;
        await using (var host = await StartScannedAsync())
        {
            var scanner = host.Services.GetRequiredService<WarmScanner>();
            await Eventually.TrueAsync(() => scanner.ProcessId is not null, "the scanner is started without a plugin");
            process = scanner.ProcessId!.Value;
        }

        await Eventually.TrueAsync(() => Process.GetProcesses().All(p => p.Id != process), "no process is left");
    }

    [Test]
    public async Task Wrong_options_are_said_at_the_start()
        => await this.Invoking(static t => t.StartAsync(host: static builder => builder.Services.AddPluginScan(static o => (o.HeapMegabytes, o.FileTimeout) = (1, TimeSpan.Zero))))
            .Should().ThrowAsync<OptionsValidationException>().WithMessage("*FileTimeout*HeapMegabytes*");

    private Task<PluginHostFixture> StartScannedAsync(params string[] grants)
        => StartAsync(options => options.Permissions.Grants[Name] = [.. grants], static builder => builder.Services.AddPluginScan());
}
