using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>An operator registers plugins beside a host or without one; folder and lock file agree afterwards.</summary>
internal sealed class RegistrarTests : HostTests
{
    private const string Name = "registered";

    private static readonly PluginSource Source = new(Name) { Manifest = "permissions: [AlertManagement, ReadCostData]" };

    [Test]
    public async Task A_folder_is_put_in_place_with_its_line_in_the_lock_file()
    {
        (await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()), "AlertManagement")).Should().BeEmpty();

        var locked = (await Registrars.LockAsync(Place)).Plugins.Should().ContainSingle().Which;
        locked.Key.Should().Be(Name);
        locked.Value.Should().BeEquivalentTo(new { Version = "1.0.0", Permissions = new[] { "AlertManagement", "ReadCostData" }, Grants = new[] { "AlertManagement" } });
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
        await using var host = await StartAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        host.Find(Name)!.Hash.Should().Be(locked.Value.Hash);
        host.Find(Name)!.GrantedPermissions.Should().Equal("AlertManagement");
    }

    [Test]
    [Description("Bad input 60: a registration that is replayed")]
    public async Task Registering_again_changes_nothing_and_an_upgrade_keeps_the_grants_it_still_asks_for()
    {
        var path = Plugins.Prepare(Source.Build());
        await Registrars.RegisterAsync(Place, path, "AlertManagement", "ReadCostData");
        var first = File.ReadAllBytes(LockPath);
        (await Registrars.RegisterAsync(Place, path)).Should().BeEmpty();
        File.ReadAllBytes(LockPath).Should().Equal(first, "it is idempotent");

        var next = Source with { Version = "2.0.0", Manifest = "permissions: [AlertManagement]" };
        (await Registrars.RegisterAsync(Place, Plugins.Prepare(next.Build()))).Should().BeEmpty();

        (await Registrars.LockAsync(Place)).Plugins[Name].Should().BeEquivalentTo(new { Version = "2.0.0", Grants = new[] { "AlertManagement" } });
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
    }

    [Test]
    public async Task An_archive_a_DLL_and_a_folder_are_registered_alike()
    {
        var folder = Plugins.Prepare(Source.Build());
        var archive = folder + ".zip";
        await System.IO.Compression.ZipFile.CreateFromDirectoryAsync(folder, archive);
        (await Registrars.RegisterAsync(Place, archive)).Should().BeEmpty();
        var hash = (await Registrars.LockAsync(Place)).Plugins[Name].Hash;
        (await Registrars.RegisterAsync(Place, folder)).Should().BeEmpty();
        (await Registrars.LockAsync(Place)).Plugins[Name].Hash.Should().Be(hash, "the content is the same");

        File.Move(Path.Combine(folder, "manifest.yaml"), Path.Combine(folder, $"{Name}.manifest.yaml"));
        (await Registrars.RegisterAsync(Place, Path.Combine(folder, $"{Name}.dll"))).Should().BeEmpty();
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
        await using var host = await StartAsync();
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task What_lies_in_the_folder_is_registered_where_it_lies()
    {
        Plugins.Add(Source.Build());
        (await Registrars.RegisterAsync(Place, Plugins.PathOf(Name))).Should().BeEmpty();
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
    }

    [Test]
    public async Task What_is_refused_leaves_nothing_behind()
    {
        var broken = Plugins.Prepare(Source.Build().With("manifest.yaml", "name: registered\n"));
        await using var registrar = Registrars.Of(Place);
        var steps = new List<RegistrationStep>();
        await using (var pending = await registrar.PrepareAsync(broken, new Heard(steps), CancellationToken.None))
        {
            pending.Report.Verdict.Should().Be(RegistrationVerdict.Rejected);
            pending.Commit([]).Should().Contain(static f => f.Code.StartsWith("CSG11", StringComparison.Ordinal));
        }

        steps.Should().Equal(RegistrationStep.Manifest);
        Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName).Should().Equal(".cloudsage");
        Directory.EnumerateFileSystemEntries(Plugins.PathOf(".cloudsage", "incoming")).Should().BeEmpty();
    }

    [Test]
    public async Task What_its_hosts_and_paths_ask_for_is_shown_locked_and_granted_like_what_it_names()
    {
        const string Asking = "network: { allowed_hosts: [example.org] }";
        (await Registrars.RegisterAsync(Place, Plugins.Prepare((Source with { Manifest = Asking }).Build()), "UseNetwork")).Should().BeEmpty();
        await using var registrar = Registrars.Of(Place);
        var line = registrar.Read().Plugins.Values.Single();
        line.Permissions.Should().Equal("UseNetwork");
        line.Grants.Should().Equal("UseNetwork");
    }

    [Test]
    public async Task A_permission_that_it_does_not_ask_for_cannot_be_granted()
        => (await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()), "WriteRecommendations")).Should().ContainSingle().Which.Code.Should().Be("CSG2407");

    [Test]
    [Description("Bad input 9, bad input 58: a name that another signer owns")]
    public async Task A_name_stays_with_its_signer()
    {
        var path = Plugins.Prepare(Source.Build());
        (await SignedAsync(path, "aa")).Should().BeEmpty();
        (await SignedAsync(path, "AA")).Should().BeEmpty("it is the same signer");
        (await SignedAsync(path, "bb")).Should().ContainSingle().Which.Code.Should().Be("CSG2409");
        (await Registrars.RegisterAsync(Place, path)).Should().ContainSingle().Which.Message.Should().Contain("not signed");
        (await Registrars.LockAsync(Place)).Plugins[Name].Should().BeEquivalentTo(new { Signer = "AA", Origin = "test:registered/1.0.0" });

        await using var registrar = Registrars.Of(Place);
        await registrar.UnregisterAsync(Name, CancellationToken.None);
        (await SignedAsync(path, "bb")).Should().BeEmpty("the operator took the name from the first");
    }

    [Test]
    public async Task Unregistering_takes_the_plugin_its_line_and_its_grants_away()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()), "AlertManagement");
        await using var host = await StartAsync();
        await host.BecomesAsync(Name, PluginState.Active);
        await using var registrar = Registrars.Of(Place);

        (await registrar.UnregisterAsync(Name, CancellationToken.None)).Should().BeEmpty();

        await host.HappensAsync(PluginEventKind.Collected, Name);
        registrar.Read().Plugins.Should().BeEmpty();
        Directory.Exists(Plugins.PathOf(Name)).Should().BeFalse();
        (await registrar.UnregisterAsync(Name, CancellationToken.None)).Should().ContainSingle().Which.Code.Should().Be("CSG2416");
    }

    [Test]
    public async Task Two_writers_keep_out_of_each_others_way()
    {
        await using var registrar = Registrars.Of(Place);
        await using var pending = await registrar.PrepareAsync(Plugins.Prepare(Source.Build()), null, CancellationToken.None);
        await using (new FileStream(Plugins.PathOf(".cloudsage", "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            pending.Commit([]).Should().ContainSingle().Which.Code.Should().Be("CSG2408");
            registrar.Read().Plugins.Should().BeEmpty();
        }

        pending.Commit([]).Should().BeEmpty("it may be tried again");
    }

    [Test]
    public async Task A_differing_a_missing_and_an_unknown_plugin_are_told_apart()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()));
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource("gone").Build()));
        Plugins.Overwrite(Name, "extra.txt", [1]);
        Plugins.Delete("gone");
        Plugins.Add(new PluginSource("unknown"));

        (await Registrars.VerifyAsync(Place)).Select(static f => f[(f.IndexOf("CSG", StringComparison.Ordinal))..][..7])
            .Should().BeEquivalentTo("CSG2403", "CSG2406", "CSG2402");
    }

    [Test]
    [Description("Bad input 58: a name that another package owns")]
    public async Task A_name_stays_with_its_package()
    {
        var path = Plugins.Prepare(Source.Build());
        (await FromAsync(path, "test:Reg.Istered/1.0.0")).Should().BeEmpty();
        (await FromAsync(path, "test:reg.istered/2.0.0")).Should().BeEmpty("ids differ in no case");
        var refused = (await FromAsync(path, "test:reg-istered/3.0.0")).Should().ContainSingle().Subject;
        refused.Code.Should().Be("CSG2414");
        refused.Message.Should().Contain("test:reg.istered/2.0.0").And.Contain("test:reg-istered/3.0.0");
        refused.Remedy.Should().Contain($"unregister {Name}");
        (await Registrars.LockAsync(Place)).Plugins[Name].Origin.Should().Be("test:reg.istered/2.0.0");

        await using var registrar = Registrars.Of(Place);
        await registrar.UnregisterAsync(Name, CancellationToken.None);
        (await FromAsync(path, "test:reg-istered/3.0.0")).Should().BeEmpty("the operator took the name from the first");
    }

    [Test]
    public async Task The_source_is_kept_in_the_lock_file_and_a_line_without_one_is_as_good()
    {
        var path = Plugins.Prepare(Source.Build());
        (await CommitAsync(path, new PluginOrigin("test:registered/1.0.0") { Source = "https://feed.example/v3/index.json" })).Should().BeEmpty();
        (await File.ReadAllTextAsync(LockPath)).Should().Contain("\"source\": \"https://feed.example/v3/index.json\"");
        (await FromAsync(path, "test:registered/1.0.0")).Should().BeEmpty();
        (await File.ReadAllTextAsync(LockPath)).Should().NotContain("source");
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
    }

    private Task<IReadOnlyList<Finding>> SignedAsync(string path, string signer) => CommitAsync(path, new PluginOrigin($"test:{Name}/1.0.0") { Signer = signer });

    private Task<IReadOnlyList<Finding>> FromAsync(string path, string origin) => CommitAsync(path, new PluginOrigin(origin));

    private async Task<IReadOnlyList<Finding>> CommitAsync(string path, PluginOrigin origin)
    {
        await using var registrar = Registrars.Of(Place);
        await using var pending = await registrar.PrepareAsync(path, null, CancellationToken.None);
        return pending.Commit([], origin);
    }

    private string LockPath => Plugins.PathOf(PluginLock.FileName);

    private sealed class Heard(List<RegistrationStep> steps) : IProgress<StepReport>
    {
        public void Report(StepReport value) => steps.Add(value.Step);
    }
}
