using System.IO.Compression;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>No revocation misses what is on its way in, and no grant goes beyond the folder that it was made for.</summary>
internal sealed class RevocationTests : HostTests
{
    private const string Name = "powerful";

    [Test]
    public async Task What_is_revoked_while_a_plugin_is_being_examined_keeps_it_out()
    {
        // Its file is not called as the plugin is: while it is examined for the first time, its name is not known.
        var source = new PluginSource(Name) { Manifest = "permissions: [UseNetwork]" };
        await ZipFile.CreateFromDirectoryAsync(Plugins.Prepare(source.Build()), Plugins.PathOf("something-1.0.zip"));
        (await Registrars.RegisterAsync(Place, Plugins.PathOf("something-1.0.zip"), "UseNetwork")).Should().BeEmpty();
        var aside = Path.Combine(Place.Root, "something-1.0.zip");
        File.Move(Plugins.PathOf("something-1.0.zip"), aside);
        var check = new PowerCheck();
        await using var host = await StartAsync(host: builder => builder.Services.AddSingleton<IPluginCheck>(check));
        // Only now: a host that starts waits for what it finds.
        File.Move(aside, Plugins.PathOf("something-1.0.zip"));
        await check.HasAsked.WaitAsync(Eventually.Deadline);
        await using var registrar = Registrars.Of(Place);

        registrar.Revoke(Name, ["UseNetwork"]).Should().BeEmpty();
        // The loop has read the lock file when it has answered.
        await host.Services.GetRequiredService<PluginCoordinator>().ExecuteAsync(static _ => { }, rescan: false, CancellationToken.None);
        check.GoOn();

        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG9002");
        registrar.Grant(Name, ["UseNetwork"]).Should().BeEmpty();
        await host.BecomesAsync(Name, PluginState.Active);
    }

    [Test]
    public async Task What_is_granted_in_one_folder_is_not_granted_in_another()
    {
        var publisher = new Permissions.RecordedPublisher(Name);
        await Registrars.RegisterAsync(Place, Plugins.Prepare(publisher.Source.Build()), "AlertManagement");
        var other = Directory.CreateDirectory(Path.Combine(Place.Root, "other")).FullName;
        await using var registrar = Registrars.Of(Place, folder: other);
        await using var host = await StartAsync(o => o.Discovery.Directories.Add(other), publisher.Alerts.AddTo);
        await host.BecomesAsync(Name, PluginState.Active, "1.0.0");

        await using (var pending = await registrar.PrepareAsync(Plugins.Prepare((publisher.Source with { Version = "2.0.0" }).Build()), null, CancellationToken.None))
            pending.Commit([]).Should().BeEmpty();

        (await host.HappensAsync(PluginEventKind.UpgradeFailed, Name, "2.0.0")).Message.Should().Contain("CSG1604");
        host.Find(Name)!.Should().BeEquivalentTo(new { Version = "1.0.0", GrantedPermissions = new[] { "AlertManagement" } });
        registrar.Grant(Name, ["AlertManagement"]).Should().BeEmpty();
        await host.Plugins.RetryAsync(Name, CancellationToken.None);
        await host.BecomesAsync(Name, PluginState.Active, "2.0.0");
    }

    /// <summary>Refuses who may not use the network; asks at once, and judges when the test says.</summary>
    private sealed class PowerCheck : IPluginCheck
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task HasAsked => _asked.Task;

        public void GoOn() => _goesOn.TrySetResult();

        public bool Withdraws(Finding finding) => true;

        public async ValueTask<IReadOnlyList<Finding>> CheckAsync(PluginCheckSubject plugin, CancellationToken cancellationToken)
        {
            var isGranted = plugin.IsGranted("UseNetwork");
            _asked.TrySetResult();
            await _goesOn.Task.WaitAsync(cancellationToken);
            return isGranted ? [] : [Finding.Error("CSG9002", "It may not.", "Let it.")];
        }
    }
}
