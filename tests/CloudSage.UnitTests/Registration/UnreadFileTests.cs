using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Lifecycle;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Registration;

/// <summary>A file that cannot be read for a moment is read afterwards, though nothing of it has changed since; and what cannot be read grants nothing for long.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UnreadFileTests : IDisposable
{
    private const string Plugin = "p";

    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _clock = new();

    private string LockPath => _folder.File(PluginLock.FileName);

    private string Source => _folder.File(Plugin);

    [Test]
    public void What_an_operator_disables_while_the_state_cannot_be_read_is_disabled_afterwards()
    {
        var register = new PluginRegister(new StateFile(_folder.Path));
        register.Load();
        new StateFile(_folder.Path).Change(static s => s.WithDisabled(Plugin, true));
        using (Hold(_folder.File(Path.Combine("operator", "state.json"))))
        {
            register.Invoking(static r => r.Refresh()).Should().Throw<IOException>();
            register.State.IsDisabled(Plugin).Should().BeFalse();
        }

        register.Refresh().Should().NotBeNull();

        register.State.IsDisabled(Plugin).Should().BeTrue();
        register.Refresh().Should().BeNull("it was read");
    }

    [Test]
    public void A_lock_file_that_cannot_be_read_at_first_is_read_as_soon_as_it_can_be()
    {
        Write("ReadCostData");
        var locks = Locks();
        using (Hold(LockPath))
        {
            locks.Of(Source).Damage!.Code.Should().Be(RegistrationCodes.LockDamaged);
            locks.IsUnread.Should().BeTrue();
        }

        locks.Refresh().Should().BeTrue();

        locks.Of(Source).Damage.Should().BeNull();
        locks.IsGranted(Plugin, Source, "ReadCostData").Should().BeTrue();
        locks.IsUnread.Should().BeFalse();
    }

    [Test]
    public void For_a_moment_a_lock_file_that_cannot_be_read_says_what_it_said_and_then_nothing()
    {
        Write("ReadCostData");
        var locks = Locks();
        locks.Refresh();
        Write();
        using (Hold(LockPath))
        {
            locks.Refresh().Should().BeFalse("nothing else is known");
            locks.IsGranted(Plugin, Source, "ReadCostData").Should().BeTrue();
            _clock.Advance(TimeSpan.FromSeconds(4));
            locks.Refresh().Should().BeFalse();

            _clock.Advance(TimeSpan.FromSeconds(1));
            locks.Refresh().Should().BeTrue();
            locks.IsGranted(Plugin, Source, "ReadCostData").Should().BeFalse("it may have been revoked, as it was");
            locks.Of(Source).Damage!.Code.Should().Be(RegistrationCodes.LockDamaged);
            locks.Refresh().Should().BeFalse("it was told");
        }

        locks.Refresh().Should().BeTrue();
        locks.Of(Source).Damage.Should().BeNull();
        locks.IsGranted(Plugin, Source, "ReadCostData").Should().BeFalse();
    }

    [Test, CancelAfter(60_000)]
    public async Task Grants_are_taken_over_though_the_state_cannot_be_read(CancellationToken test)
    {
        await using var rig = new CoordinatorRig().Run();
        await rig.IdleAsync(test);
        using var held = new FileStream(rig.File(Path.Combine("state", "operator", "state.json")), FileMode.Create, FileAccess.Write, FileShare.None);
        held.Write("{}"u8);
        held.Flush();
        new PluginLockFile(rig.File("plugins")).Change(static l => l.With(Plugin, Line("ReadCostData")));

        await rig.IdleAsync(test);

        rig.Get<PluginLocks>().IsGranted(Plugin, rig.File(Path.Combine("plugins", Plugin)), "ReadCostData").Should().BeTrue();
        rig.Log.GetSnapshot().Should().Contain(static r => r.Message.Contains("state.json", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private PluginLocks Locks()
    {
        var options = new DiscoveryOptions();
        options.Directories.Add(_folder.Path);
        return new PluginLocks(Options.Create(options), _clock);
    }

    private void Write(params string[] grants) => new PluginLockFile(_folder.Path).Change(l => l.With(Plugin, Line(grants)));

    private static LockedPlugin Line(params string[] grants) => new() { Version = "1.0.0", Hash = "00", Grants = grants };

    private static FileStream Hold(string path) => new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
}
