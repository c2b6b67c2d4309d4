using System.IO.Compression;
using CloudSage.PluginHost.Registration;

namespace CloudSage.IntegrationTests.Registration;

/// <summary>Which entries of a plugin folder are which plugin is said by their manifests, whatever they are called; and what is another's is left alone.</summary>
internal sealed class EntryTests : HostTests
{
    private const string Name = "foo";

    [Test]
    public async Task Another_plugin_in_an_archive_of_the_name_is_left_alone()
    {
        await Archive("bar", "foo.zip");
        (await Registrars.RegisterAsync(Place, Plugins.PathOf("foo.zip"))).Should().BeEmpty();
        (await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()))).Should().BeEmpty();

        (await UnregisterAsync()).Should().BeEmpty();

        File.Exists(Plugins.PathOf("foo.zip")).Should().BeTrue();
        (await Registrars.VerifyAsync(Place)).Should().BeEmpty();
        (await Registrars.LockAsync(Place)).Plugins.Keys.Should().Equal("bar");
    }

    [Test]
    public async Task An_archive_goes_with_its_plugin_whatever_it_is_called()
    {
        await Archive(Name, "something-1.0.zip");
        (await Registrars.RegisterAsync(Place, Plugins.PathOf("something-1.0.zip"))).Should().BeEmpty();
        (await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name) { Version = "2.0.0" }.Build()))).Should().BeEmpty();
        File.Exists(Plugins.PathOf("something-1.0.zip")).Should().BeFalse("2.0.0 takes its place");
        await Archive(Name, "something-1.0.zip");

        (await UnregisterAsync()).Should().BeEmpty();

        Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName).Should().BeEquivalentTo(".cloudsage", "plugins.lock", ".plugins.lock.lock");
    }

    [Test]
    public async Task A_place_that_something_else_has_is_not_taken()
    {
        Directory.CreateDirectory(Plugins.PathOf(Name));

        (await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()))).Should().ContainSingle().Which.Code.Should().Be("CSG2410");

        (await Registrars.LockAsync(Place)).Plugins.Should().BeEmpty();
        (await Registrars.VerifyAsync(Place)).Should().NotContain(static f => f.Contains("CSG2406", StringComparison.Ordinal), "nothing of it comes true later");
    }

    [Test]
    public async Task What_a_host_does_not_look_at_is_not_registered_in_place()
    {
        Directory.Move(Plugins.Prepare(new PluginSource(Name).Build()), Plugins.PathOf(".hidden"));
        (await Registrars.RegisterAsync(Place, Plugins.PathOf(".hidden"))).Should().ContainSingle().Which.Code.Should().Be("CSG2413");
        File.Exists(Plugins.PathOf(PluginLock.FileName)).Should().BeFalse();
    }

    [Test]
    public async Task A_plugin_with_a_broken_manifest_is_named_and_not_called_missing()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        Plugins.Overwrite(Name, "manifest.yaml", "name: foo\nversion: x\n"u8.ToArray());

        var found = await Registrars.VerifyAsync(Place);

        found.Should().OnlyContain(static f => f.StartsWith(Path.Combine("foo", "manifest.yaml"), StringComparison.Ordinal));
    }

    [Test]
    public async Task Where_there_is_no_lock_file_a_plugin_leaves_without_one()
    {
        Plugins.Add(new PluginSource(Name));
        Plugins.Add(new PluginSource("neighbour"));

        (await UnregisterAsync()).Should().BeEmpty();

        Directory.Exists(Plugins.PathOf(Name)).Should().BeFalse();
        File.Exists(Plugins.PathOf(PluginLock.FileName)).Should().BeFalse("it would lock out the neighbour");
    }

    [Test]
    public async Task A_lock_file_that_somebody_wrote_wrong_is_told()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name) { Manifest = "permissions: [ReadCostData]" }.Build()), "ReadCostData");
        var path = Plugins.PathOf(PluginLock.FileName);
        var whole = await File.ReadAllTextAsync(path);

        await File.WriteAllTextAsync(path, whole.Replace("ReadCostData", "ReadCostDta", StringComparison.Ordinal));
        (await Registrars.VerifyAsync(Place)).Should().HaveCount(2).And.Contain(static f => f.Contains("CSG2403", StringComparison.Ordinal)).And.Contain(static f => f.Contains("CSG2407", StringComparison.Ordinal));

        await File.WriteAllTextAsync(path, whole.Replace("\"plugins\": {", "\"plugins\": { \"foo\": { \"version\": \"9.9.9\", \"hash\": \"00\" },", StringComparison.Ordinal));
        var verify = () => Registrars.VerifyAsync(Place);
        (await verify.Should().ThrowAsync<InvalidDataException>("a name is there twice")).WithMessage("*CSG2401*");
    }

    [Test]
    public async Task A_revocation_while_somebody_decides_holds()
    {
        var source = new PluginSource(Name) { Manifest = "permissions: [AlertManagement, ReadCostData]" };
        await Registrars.RegisterAsync(Place, Plugins.Prepare(source.Build()), "AlertManagement", "ReadCostData");
        await using var registrar = Registrars.Of(Place);
        await using var pending = await registrar.PrepareAsync(Plugins.Prepare((source with { Version = "2.0.0" }).Build()), null, CancellationToken.None);

        registrar.Revoke(Name, ["ReadCostData"]).Should().BeEmpty();
        pending.Commit([]).Should().BeEmpty();

        registrar.Read().Plugins[Name].Should().BeEquivalentTo(new { Version = "2.0.0", Grants = new[] { "AlertManagement" } });
        File.ReadAllText(Path.Combine(Place.State, "audit.jsonl")).Split('\n').Last(static l => l.Contains("ReadCostData", StringComparison.Ordinal)).Should().Contain("revoked");
    }

    [Test]
    public async Task A_permission_that_does_not_exist_is_neither_granted_nor_revoked()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name) { Manifest = "permissions: [ReadCostData]" }.Build()));
        await using var registrar = Registrars.Of(Place);
        registrar.Grant(Name, ["readcostdata"]).Should().ContainSingle().Which.Should().Match<Finding>(static f => f.Code == "CSG2407" && f.Remedy.Contains("ReadCostData"));
        registrar.Grant(Name, ["StartProcesses"]).Should().ContainSingle("it does not ask for it").Which.Code.Should().Be("CSG2407");
        registrar.Revoke(Name, ["Nonsense"]).Should().ContainSingle().Which.Code.Should().Be("CSG2407");
        registrar.Read().Plugins[Name].Grants.Should().BeEmpty();
    }

    [Test]
    public async Task What_was_unregistered_while_somebody_decides_is_not_registered_with_its_old_grants()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        await using var registrar = Registrars.Of(Place);
        await using var pending = await registrar.PrepareAsync(Plugins.Prepare(new PluginSource(Name) { Version = "2.0.0" }.Build()), null, CancellationToken.None);
        (await UnregisterAsync()).Should().BeEmpty();

        pending.Commit([]).Should().ContainSingle().Which.Code.Should().Be("CSG2411");

        registrar.Read().Plugins.Should().BeEmpty();
    }

    [Test]
    public async Task Nothing_is_changed_without_a_trace()
    {
        await Registrars.RegisterAsync(Place, Plugins.Prepare(new PluginSource(Name).Build()));
        var audit = Path.Combine(Place.State, "audit.jsonl");
        File.Delete(audit);
        Directory.CreateDirectory(audit);

        var unregister = UnregisterAsync;

        (await unregister.Should().ThrowAsync<Exception>()).Which.Should().Match(static e => e is IOException || e is UnauthorizedAccessException);
        (await Registrars.LockAsync(Place)).Plugins.Keys.Should().Equal(Name);
        Directory.Exists(Plugins.PathOf(Name)).Should().BeTrue();
    }

    private async Task<IReadOnlyList<Finding>> UnregisterAsync()
    {
        await using var registrar = Registrars.Of(Place);
        return await registrar.UnregisterAsync(Name, CancellationToken.None);
    }

    private async Task Archive(string plugin, string file)
        => await ZipFile.CreateFromDirectoryAsync(Plugins.Prepare(new PluginSource(plugin).Build()), Plugins.PathOf(file));
}
