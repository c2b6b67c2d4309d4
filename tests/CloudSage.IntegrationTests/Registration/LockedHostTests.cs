using CloudSage.PluginHost.Registration;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>What a host makes of the lock file beside its plugins, and of grants that come and go in it.</summary>
internal sealed class LockedHostTests : HostTests
{
    private const string Name = "locked";

    private readonly Permissions.RecordedPublisher _publisher = new(Name);

    [Test]
    [Description("Bad inputs 22 and 23: what differs from the lock is refused")]
    public async Task What_differs_from_the_lock_file_is_refused_and_the_registered_version_goes_on([Values] bool lenient)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        await using var host = await StartAsync(o => o.Registration.Environment = lenient ? "Development" : "staging");
        await host.BecomesAsync(Name, PluginState.Active, "1.0.0");

        Plugins.Swap(new PluginSource(Name) { Version = "2.0.0" }.Build());

        if (lenient)
        {
            var status = await host.BecomesAsync(Name, PluginState.Active, "2.0.0");
            status.Findings.Should().ContainSingle(static f => f.Code == "CSG2403").Which.Message.Should().EndWith("A host with a strict policy refuses this.");
            return;
        }

        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name);
        host.Find(Name)!.Findings.Should().ContainSingle(static f => f.Code == "CSG2403");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        // Registering what lies there mends it, without a restart.
        (await Registrars.RegisterAsync(Place, Plugins.PathOf(Name))).Should().BeEmpty();
        await host.BecomesAsync(Name, PluginState.Active, "2.0.0");
    }

    [Test]
    public async Task Beside_a_lock_file_only_what_is_in_it_is_let_in()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        Plugins.Add(new PluginSource("stranger"));
        await using var host = await StartAsync();
        (await host.BecomesAsync("stranger", PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2402");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task What_runs_when_the_lock_file_comes_to_be_goes_on_and_is_told_that_it_would_not_be_let_in_again()
    {
        Plugins.Add(new PluginSource("stranger"));
        await using (var host = await StartAsync())
        {
            await host.BecomesAsync("stranger", PluginState.Active);
            (await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()))).Should().BeEmpty();

            (await host.HappensAsync(PluginEventKind.Reviewed, "stranger")).Message.Should().Contain("would not be let in again").And.Contain("CSG2402");
            await Eventually.TrueAsync(() => host.Find("stranger")!.Findings.Any(static f => f.Code == "CSG2402"), "it is shown", host.Describe);
            (await host.AskAsync("stranger")).Should().Be("1.0.0");
            await host.BecomesAsync(Name, PluginState.Active);

            (await Registrars.RegisterAsync(Place, Plugins.PathOf("stranger"))).Should().BeEmpty();
            await host.HappensAsync(PluginEventKind.Recovered, "stranger");
            host.Find("stranger")!.Findings.Should().BeEmpty();
            host.Count(PluginEventKind.Added, "stranger").Should().Be(1, "it served all the time");
        }
    }

    [Test]
    public async Task A_lock_may_be_required()
    {
        Plugins.Add(new PluginSource("stranger"));
        await using var host = await StartAsync(static o => (o.Registration.RequireLock, o.Registration.Policy) = (true, RegistrationPolicy.Lenient));
        (await host.BecomesAsync("stranger", PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2402");
    }

    [Test]
    public async Task A_lock_file_that_is_damaged_or_a_newer_programs_lets_nothing_in_until_it_is_mended()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var path = Plugins.PathOf(PluginLock.FileName);
        var whole = File.ReadAllText(path);
        File.WriteAllText(path, whole[..(whole.Length / 2)]);
        await using var host = await StartAsync(static o => o.Registration.Policy = RegistrationPolicy.Lenient);
        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2401");

        var newer = whole.Replace("\"lockVersion\": 1", "\"lockVersion\": 2", StringComparison.Ordinal);
        File.WriteAllText(path, newer);
        await Eventually.TrueAsync(() => host.Find(Name)!.Findings.Any(static f => f.Code == "CSG2415"), "a newer program's file is not called damaged", host.Describe);
        (await Registrars.RegisterAsync(Place, Plugins.PathOf(Name))).Should().ContainSingle().Which.Code.Should().Be("CSG2415");
        File.ReadAllText(path).Should().Be(newer);

        File.WriteAllText(path, whole);

        await host.BecomesAsync(Name, PluginState.Active);
    }

    [Test]
    public async Task What_is_no_file_in_the_place_of_the_lock_file_is_a_damaged_one([Values] bool pipe)
    {
        if (pipe && OperatingSystem.IsWindows()) Assert.Ignore("Windows has no pipes in its file system.");
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var path = Plugins.PathOf(PluginLock.FileName);
        File.Delete(path);
        if (pipe)
        {
            using var make = System.Diagnostics.Process.Start("mkfifo", path);
            await make.WaitForExitAsync();
        }
        else
        {
            Directory.CreateDirectory(path);
        }

        await using var host = await StartAsync();

        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2401");
    }

    [Test]
    public async Task What_is_registered_in_one_folder_is_not_displaced_by_a_stranger_in_another()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var untrusted = Directory.CreateDirectory(Path.Combine(Place.Root, "untrusted")).FullName;
        Directory.Move(Plugins.Prepare(new PluginSource(Name) { Version = "9.9.9" }.Build()), Path.Combine(untrusted, "evil"));

        await using var host = await StartAsync(o => o.Discovery.Directories.Insert(0, untrusted));

        (await host.AskAsync(Name)).Should().Be("1.0.0");
        await Eventually.TrueAsync(() => host.Find(Name)!.Findings.Any(static f => f.Code == "CSG2402" && f.Message.Contains("9.9.9", StringComparison.Ordinal)), "the stranger is refused");
    }

    [Test]
    public async Task An_operator_who_registers_is_never_taken_for_a_stranger()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        await using var host = await StartAsync();
        await host.BecomesAsync(Name, PluginState.Active, "1.0.0");

        for (var i = 2; i < 8; i++)
        {
            (await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name) { Version = $"{i}.0.0" }.Build()))).Should().BeEmpty();
            await host.BecomesAsync(Name, PluginState.Active, $"{i}.0.0");
        }

        host.Events.Should().NotContain(static e => e.Kind == PluginEventKind.UpgradeFailed);
    }

    [Test]
    [Description("Bad input 56: an update that adds a permission is held until it is granted")]
    public async Task An_update_that_asks_for_more_is_held_until_granted_while_the_old_version_goes_on([Values] bool registered)
    {
        if (registered) await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        else Plugins.Add(new PluginSource(Name));
        await using var host = await StartAsync(static o => o.Registration.Policy = RegistrationPolicy.Lenient);
        await host.BecomesAsync(Name, PluginState.Active, "1.0.0");

        Plugins.Swap(new PluginSource(Name) { Version = "2.0.0", Manifest = "permissions: [{ name: AlertManagement, reason: to warn }]" }.Build());

        await host.HappensAsync(PluginEventKind.UpgradeFailed, Name);
        var held = host.Find(Name)!.Findings.Should().ContainSingle(static f => f.Code == "CSG2404").Subject;
        held.Message.Should().Contain("AlertManagement (to warn)");
        held.Remedy.Should().Contain(registered ? $"csg plugins grant {Name} AlertManagement" : $"csg plugins register {Plugins.PathOf(Name)} --grant AlertManagement");
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        if (!registered) return;
        await using var registrar = Registrars.Of(Place);
        registrar.Grant(Name, ["AlertManagement"]).Should().BeEmpty();
        await host.BecomesAsync(Name, PluginState.Active, "2.0.0");
    }

    [Test]
    [Description("Bad input 57: what is revoked while it runs is denied from the next use")]
    public async Task A_grant_in_the_lock_file_counts_at_once_and_a_revoked_one_no_longer()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(_publisher.Source.Build()), "AlertManagement");
        await using var host = await StartAsync(host: _publisher.Alerts.AddTo);
        (await host.AskAsync(Name)).Should().Be("published");
        await using var registrar = Registrars.Of(Place);

        registrar.Revoke(Name, ["AlertManagement"]).Should().BeEmpty();
        await Eventually.TrueAsync(() => host.Find(Name)!.GrantedPermissions.Count == 0, "the revocation is seen");
        var denied = await host.CallAsync(Name);

        denied.Fault!.Message.Should().Contain("CSG1604");
        registrar.Grant(Name, ["AlertManagement"]).Should().BeEmpty();
        await Eventually.TrueAsync(() => host.Find(Name)!.GrantedPermissions.Count == 1, "the grant is seen");
        (await host.AskAsync(Name)).Should().Be("published");
        registrar.Grant("nobody", ["AlertManagement"]).Should().ContainSingle(static f => f.Code == "CSG2416").Which.Remedy.Should().Contain("csg plugins register PATH --grant AlertManagement");
    }

    [Test]
    public async Task An_environment_that_the_plugin_does_not_support_is_refused([Values("Production", "Development", "staging")] string environment)
    {
        Plugins.Add(new PluginSource(Name) { Manifest = """
            environments:
              production: { supported: false, reason: only a trial }
              development: { supported: false }
            """ });
        await using var host = await StartAsync(o => o.Registration.Environment = environment);
        var status = await host.BecomesAsync(Name, environment == "Production" ? PluginState.Rejected : PluginState.Active);
        status.Findings.Where(static f => f.Code == "CSG2405").Should().HaveCount(environment == "staging" ? 0 : 1);
        if (environment == "Production") status.Findings[0].Message.Should().Contain("only a trial");
    }
}
