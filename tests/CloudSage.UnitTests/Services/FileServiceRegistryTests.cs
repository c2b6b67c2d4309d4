using CloudSage.PluginHost.Services;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Services;

public sealed class FileServiceRegistryTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TempFolder _folder = null!;

    private string File => _folder.File(Path.Combine("state", "services.json"));

    [SetUp]
    public void Create() => _folder = new TempFolder();

    [TearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public async Task What_was_written_is_read_and_nothing_else_is_left_beside_it()
    {
        var services = Services("one");
        await new FileServiceRegistry(File).PublishAsync(services, CancellationToken.None);
        FileServiceRegistry.Read(File).Should().BeEquivalentTo(services);
        Directory.EnumerateFiles(Path.GetDirectoryName(File)!).Should().Equal(File);
        var text = await System.IO.File.ReadAllTextAsync(File);
        text.Should().Contain("\"state\": \"Degraded\"").And.Contain("\"endpoints\": [").And.Contain("inproc://a/OptimizationEngine");
    }

    [Test, CancelAfter(60_000)]
    public async Task A_reader_sees_the_old_or_the_new_and_never_a_part(CancellationToken test)
    {
        var registry = new FileServiceRegistry(File);
        await registry.PublishAsync(Services("one", entries: 200), test);
        var done = false;
        var reading = Task.Run(() =>
        {
            var read = 0;
            for (; !Volatile.Read(ref done); read++) FileServiceRegistry.Read(File)!.Services.Should().HaveCount(200);
            return read;
        }, test);
        for (var i = 0; i < 100; i++) await registry.PublishAsync(Services("one", entries: 200), test);
        Volatile.Write(ref done, true);
        (await reading).Should().BePositive();
    }

    [Test]
    public async Task A_host_takes_back_its_own_file_alone_and_one_that_is_gone_is_no_trouble()
    {
        var registry = new FileServiceRegistry(File);
        await registry.PublishAsync(Services("two"), CancellationToken.None);
        await registry.WithdrawAsync(Services("one").Host, CancellationToken.None);
        FileServiceRegistry.Read(File)!.Host.Instance.Should().Be("two");
        await registry.WithdrawAsync(Services("two").Host, CancellationToken.None);
        FileServiceRegistry.Read(File).Should().BeNull();
        await registry.WithdrawAsync(Services("two").Host, CancellationToken.None);
    }

    [Test]
    public async Task What_a_host_left_that_died_has_expired_and_the_next_one_takes_its_place()
    {
        var registry = new FileServiceRegistry(File);
        await registry.PublishAsync(Services("died"), CancellationToken.None);
        FileServiceRegistry.Read(File)!.IsCurrent(Now.AddSeconds(29)).Should().BeTrue();
        FileServiceRegistry.Read(File)!.IsCurrent(Now.AddSeconds(30)).Should().BeFalse();
        await registry.PublishAsync(Services("next"), CancellationToken.None);
        FileServiceRegistry.Read(File)!.Host.Instance.Should().Be("next");
    }

    [TestCase("")]
    [TestCase("{ \"host\":")]
    [TestCase("{}")]
    public void A_file_that_is_no_such_file_is_said_to_be_none(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        System.IO.File.WriteAllText(File, content);
        FluentActions.Invoking(() => FileServiceRegistry.Read(File)).Should().Throw<InvalidDataException>().WithMessage($"*{File}*");
    }

    private static HostServices Services(string instance, int entries = 1) => new(
        new ServiceHost(instance, "production", "1.0.0", "machine", 1, Now), Now, Now.AddSeconds(30),
        [
            .. Enumerable.Range(0, entries).Select(static i => new ServiceEntry
            {
                Name = i == 0 ? "a" : $"a{i}", Version = "1.0.0", Type = "optimizer", Hash = "h", ExtensionPoints = ["OptimizationEngine"], Commands = ["run"],
                Endpoints = ["inproc://a/OptimizationEngine"], Health = new ServiceHealth(ServiceHealthState.Degraded, Now, ["CSG2301"], "CSG2301: bad"),
            }),
        ]);
}
