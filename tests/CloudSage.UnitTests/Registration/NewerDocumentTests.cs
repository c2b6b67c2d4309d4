using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Registration;

/// <summary>A file that a newer program wrote is not damaged: it is left as it is, and the finding says what to use.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class NewerDocumentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("newer-").FullName;

    [Test]
    public void A_lock_file() => IsLeftAlone("plugins.lock", """{ "plugins": { "p": { "version": "1.0.0", "hash": "0", "attested": true } }, "lockVersion": 2 }""",
        () => new PluginLockFile(_folder).Read(), () => new PluginLockFile(_folder).Change(static l => l), RegistrationCodes.LockNewer, "lockVersion 2");

    [Test]
    public void A_state_file() => IsLeftAlone(Path.Combine("operator", "state.json"), """{ "version": 3, "disabled": [ { "name": "p" } ] }""",
        () => new StateFile(_folder).Read(), () => new StateFile(_folder).Change(static s => s.WithDisabled("other", true)), LifecycleCodes.StateNewer, "version 3");

    [Test]
    public void A_state_file_that_looks_as_today() => IsLeftAlone(Path.Combine("operator", "state.json"), """{ "version": 2, "disabled": [], "quarantined": {}, "retried": {}, "paused": [ "p" ] }""",
        () => new StateFile(_folder).Read(), () => new StateFile(_folder).Change(static s => s.WithDisabled("other", true)), LifecycleCodes.StateNewer, "version 2");

    [Test]
    public void A_record_of_updates()
    {
        var journal = new UpdateJournal(Options.Create(new LifecycleOptions { StateDirectory = _folder }), new FakeTimeProvider());
        IsLeftAlone("security-updates.json", """{ "version": 2, "pending": [], "rolledBack": [], "firstSeen": {} }""", () => journal.Read(), () => journal.End("p"), UpdateCodes.RecordNewer, "version 2");
        journal.Tolerates("p", "0").Should().BeFalse();
    }

    [TestCase("""{ "lockVersion": 0, "plugins": {} }"""), TestCase("""{ "lockVersion": "2", "plugins": {} }"""), TestCase("""{ "plugins": { "lockVersion": 2 } }"""), TestCase("""{ "lockVersion": 2""")]
    [TestCase("""[ { "lockVersion": 2 } ]"""), TestCase("2"), TestCase("{")]
    public void Whatever_says_no_newer_version_is_damaged(string content)
    {
        File.WriteAllText(Path.Combine(_folder, "plugins.lock"), content);
        Code(() => new PluginLockFile(_folder).Read()).Should().Be(RegistrationCodes.LockDamaged);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void IsLeftAlone(string file, string content, Action read, Action change, string code, string said)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        foreach (var act in (Action[])[read, change])
        {
            var finding = DamagedFile.FindingOf(act.Should().Throw<InvalidDataException>().Which)!;
            finding.Code.Should().Be(code);
            finding.Message.Should().Contain(path).And.Contain(said).And.NotContain("damaged");
            finding.Remedy.Should().StartWith("Use that version").And.NotContain("elete");
        }

        File.ReadAllText(path).Should().Be(content);
    }

    private static string? Code(Action act) => DamagedFile.FindingOf(act.Should().Throw<InvalidDataException>().Which)?.Code;
}
