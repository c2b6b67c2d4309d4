using System.Text.Json;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.PluginHost.Registration.Placing;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>No change of a plugin folder is in force without its line in the audit log.</summary>
internal sealed class TraceTests : HostTests
{
    private const string Name = "traced";

    /// <summary>Takes whatever is opened, and nothing that is written: a full disk.</summary>
    private const string FullDisk = "/dev/full";

    private static readonly PluginSource Source = new(Name) { Manifest = "permissions: [AlertManagement]" };

    private FolderWorkspace Workspace => new(Plugins.Path);

    private string LogPath => Path.Combine(Place.State, "audit.jsonl");

    [Test]
    public async Task Where_the_disk_of_the_audit_log_is_full_nothing_is_changed()
    {
        if (!File.Exists(FullDisk)) Assert.Ignore("This system has no disk that is always full.");
        await using (var registrar = With(FullDisk))
        {
            await RefusedAsync(() => RegisterAsync(registrar, "1.0.0"));
            File.Exists(Plugins.PathOf(PluginLock.FileName)).Should().BeFalse();
            Directory.Exists(Plugins.PathOf(Name)).Should().BeFalse();
        }

        await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()), "AlertManagement");
        var before = await File.ReadAllTextAsync(Plugins.PathOf(PluginLock.FileName));
        await using (var registrar = With(FullDisk))
        {
            await RefusedAsync(() => RegisterAsync(registrar, "2.0.0"));
            await RefusedAsync(() => registrar.UnregisterAsync(Name, CancellationToken.None));
            await RefusedAsync(() => Task.FromResult(registrar.Revoke(Name, ["AlertManagement"])));
        }

        (await File.ReadAllTextAsync(Plugins.PathOf(PluginLock.FileName))).Should().Be(before);
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
    }

    [Test]
    public async Task A_registrar_writes_to_the_audit_log_that_the_host_is_told_to_write_to()
    {
        var log = Path.Combine(Place.Root, "elsewhere.jsonl");
        await using var registrar = With(log);
        (await RegisterAsync(registrar, "1.0.0")).Should().BeEmpty();
        Actions(log).Should().Equal("registered");
        File.Exists(LogPath).Should().BeFalse();
    }

    [Test]
    public async Task A_change_that_was_cut_off_before_its_line_gets_it_from_whoever_completes_it([Values] bool byHost)
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()));
        var locked = (await Registrars.LockAsync(Place)).Plugins[Name];
        TransactionFile.Write(Workspace, new FolderTransaction(Name, locked) { Before = locked, Trace = [Entry("granted")] });

        if (byHost) await (await StartAsync()).DisposeAsync();
        else await Registrars.VerifyAsync(Place);

        Actions(LogPath).Take(3).Should().Equal("registered", "granted", "recovered");
    }

    [Test]
    public async Task What_is_in_the_audit_log_already_is_not_told_twice()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()));
        var locked = (await Registrars.LockAsync(Place)).Plugins[Name];
        new AuditFile(LogPath).Append([Entry("granted")]);
        TransactionFile.Write(Workspace, new FolderTransaction(Name, locked) { Before = locked, Trace = [Entry("granted")] });

        await Registrars.VerifyAsync(Place);

        Actions(LogPath).Should().Equal("registered", "granted", "recovered");
    }

    [Test]
    public async Task What_is_in_place_stays_though_its_intent_cannot_be_deleted()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(Source.Build()));
        var locked = (await Registrars.LockAsync(Place)).Plugins[Name];
        var incoming = Path.Combine(Directory.CreateDirectory(Plugins.PathOf(".cloudsage", "incoming")).FullName, "next");
        Directory.Move(Plugins.Prepare((Source with { Version = "2.0.0" }).Build()), incoming);
        var transaction = new FolderTransaction(Name, locked with { Version = "2.0.0" }) { Incoming = incoming, Removed = [Name], Leaving = Workspace.Leaving() };
        // A folder in its place cannot be deleted as a file.
        var aside = Workspace.TransactionPath + ".aside";
        var carry = () => transaction.Carry(Workspace, _ =>
        {
            File.Move(Workspace.TransactionPath, aside);
            Directory.CreateDirectory(Workspace.TransactionPath);
        });

        carry.Should().Throw<UnauthorizedAccessException>();
        (await Registrars.LockAsync(Place)).Plugins[Name].Version.Should().Be("2.0.0");
        (await File.ReadAllTextAsync(Plugins.PathOf(Name, "manifest.yaml"))).Should().Contain("2.0.0");

        Directory.Delete(Workspace.TransactionPath);
        File.Move(aside, Workspace.TransactionPath);
        await Registrars.VerifyAsync(Place);
        (await Registrars.LockAsync(Place)).Plugins[Name].Version.Should().Be("2.0.0");
        (await File.ReadAllTextAsync(Plugins.PathOf(Name, "manifest.yaml"))).Should().Contain("2.0.0");
        File.Exists(Workspace.TransactionPath).Should().BeFalse();
    }

    private static AuditEntry Entry(string action) => new(DateTimeOffset.UnixEpoch, action, Name) { Actor = "operator:tester", Permission = "AlertManagement" };

    private static async Task RefusedAsync(Func<Task> act) => await act.Should().ThrowAsync<IOException>();

    private PluginRegistrar With(string auditFile) => new(new PluginRegistrarOptions(Plugins.Path, Place.State)
    {
        Host = o => { o.Share(typeof(CloudSage.Fixtures.Embedder.Answer).Assembly).Forward<CloudSage.Fixtures.Embedder.IGate>(); o.Registration.AuditFile = auditFile; },
    }, TimeProvider.System);

    private async Task<IReadOnlyList<Finding>> RegisterAsync(PluginRegistrar registrar, string version)
    {
        await using var pending = await registrar.PrepareAsync(Plugins.Prepare((Source with { Version = version }).Build()), null, CancellationToken.None);
        return pending.Commit([]);
    }

    private static string?[] Actions(string log) => [.. File.ReadLines(log).Select(static l => JsonDocument.Parse(l).RootElement.GetProperty("action").GetString())];
}
