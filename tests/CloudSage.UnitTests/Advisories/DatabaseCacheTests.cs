using CloudSage.PluginHost.Advisories.Databases;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Advisories;

/// <summary>Reading a database costs seconds, and nobody else is told anything meanwhile: it is read when it may be another, and not otherwise.</summary>
internal sealed class DatabaseCacheTests
{
    private TempFolder _folder = null!;
    private DatabaseCache _databases = null!;
    private int _reads;

    private string Database => _folder.File("database");

    [SetUp]
    public void Create()
    {
        _folder = new TempFolder();
        _reads = 0;
        _databases = new DatabaseCache((path, cancellationToken) =>
        {
            _reads++;
            return AdvisoryDatabase.Open(path, cancellationToken);
        });
        AdvisoryFolder.Record(Database, "GHSA-aaaa", "lib", "2.0.0", DateTimeOffset.UnixEpoch);
    }

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void A_damaged_database_is_read_again_only_when_one_of_its_files_is_another()
    {
        _folder.Write("database/index.json", "{}");
        var broken = _folder.Write("database/PyPI/broken.json", "{");
        Look().Should().HaveCount(2);
        Look();
        Look();
        _reads.Should().Be(1);

        File.WriteAllText(broken, """{ "id": "GHSA-bbbb" }""");
        Look().Should().ContainSingle("the index is still damaged, and says nothing of the change");
        _reads.Should().Be(2);
    }

    [Test]
    public void A_database_that_cannot_be_used_is_not_read_for_every_plugin()
    {
        var archive = _folder.Write("database.zip", "no archive");
        for (var plugin = 0; plugin < 3; plugin++) Ask(archive).Should().ContainSingle().Which.Should().Contain("cannot be used");
        _databases.ForgetDamaged();
        Ask(archive);
        _reads.Should().Be(1);

        File.WriteAllText(archive, "none either");
        Ask(archive);
        _reads.Should().Be(2);
    }

    [Test]
    public void A_database_that_could_not_be_read_is_tried_again_at_each_look_and_not_for_every_plugin()
    {
        var absent = _folder.File("absent");
        Ask(absent).Should().ContainSingle();
        Ask(absent);
        _reads.Should().Be(1);
        _databases.ForgetDamaged();
        Ask(absent);
        _reads.Should().Be(2);
    }

    [Test]
    public void A_sound_database_is_read_once()
    {
        Look().Should().BeEmpty();
        Look();
        _reads.Should().Be(1);
    }

    private List<string> Look()
    {
        _databases.ForgetDamaged();
        return Ask(Database);
    }

    private List<string> Ask(string path)
    {
        var unresolved = new List<string>();
        _databases.Open(path, unresolved, CancellationToken.None);
        return unresolved;
    }
}
