using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Staging;
using CloudSage.PluginHost.Staging.Archives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSage.IntegrationTests.Watching;

/// <summary>A plugin packed into one file and dropped into the plugins folder. Every host looks at its end whether all versions left memory.</summary>
internal sealed class ArchiveTests : HostTests
{
    private const string Name = "packed";
    private const string Archive = "some-archive.zip";
    private static readonly PluginFiles One = new PluginSource(Name).Build();
    private static readonly PluginFiles Two = new PluginSource(Name) { Version = "2.0.0" }.Build();

    private string ArchivePath => Plugins.PathOf(Archive);

    [Test]
    public async Task An_archive_is_added_upgraded_by_its_replacement_and_removed()
    {
        await using var host = await StartAsync();

        Plugins.AddLoose(Archive, One.Zip());
        await host.HappensAsync(PluginEventKind.Added, Name, "1.0.0");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        host.Find(Name)!.Source.Should().Be(ArchivePath);

        Plugins.AddLoose(Archive, Two.Zip("packed-2.0.0/"));
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        (await host.AskAsync(Name)).Should().Be("2.0.0");

        File.Delete(ArchivePath);
        await host.HappensAsync(PluginEventKind.Removed, Name, "2.0.0");
        host.Count(PluginEventKind.Rejected).Should().Be(0);
        Directory.GetFileSystemEntries(Plugins.Path).Should().BeEmpty("nothing is unpacked into the plugins folder");
    }

    [Test]
    public async Task An_archive_with_a_manifest_in_its_DLL_is_a_plugin_too()
    {
        await using var host = await StartAsync();
        var source = new PluginSource(Name);

        Plugins.AddLoose(Archive, (source with { Resources = new Dictionary<string, byte[]> { [PluginFiles.Manifest] = One[PluginFiles.Manifest] } }).Build().Without(PluginFiles.Manifest).Zip());

        await host.HappensAsync(PluginEventKind.Added, Name, "1.0.0");
    }

    [Test]
    public async Task The_same_content_packed_again_or_unpacked_changes_nothing()
    {
        Plugins.AddLoose(Archive, One.Zip());
        await using var host = await StartAsync();
        var hash = (await host.BecomesAsync(Name, PluginState.Active)).Hash;

        Plugins.AddLoose(Archive, One.Zip("folder/"));
        await host.SynchronizeAsync();

        host.Find(Name)!.Hash.Should().Be(hash);
        host.Events.Select(static e => e.Kind).Should().Equal(PluginEventKind.Added);
    }

    [Test]
    public async Task A_slow_copy_of_an_archive_is_waited_for_and_never_reported_as_a_fault()
    {
        await using var host = await StartAsync(Patient);
        var archive = One.Zip();
        await using (var stream = new FileStream(ArchivePath, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (var chunk in archive.Chunk(archive.Length / 8))
            {
                await stream.WriteAsync(chunk);
                await stream.FlushAsync();
                await Looks(host);
                if (stream.Position < archive.Length) host.Find("some-archive")!.State.Should().Be(PluginState.Discovered, "the archive is not whole");
            }
        }

        await host.HappensAsync(PluginEventKind.Added, Name);
        host.Events.Select(static e => e.Kind).Should().Equal(PluginEventKind.Added);
    }

    [Test]
    [Description("Bad input 24")]
    public async Task A_torn_copy_of_an_archive_leaves_the_old_version_serving_until_it_is_whole()
    {
        Plugins.AddLoose(Archive, One.Zip());
        await using var host = await StartAsync();
        await host.BecomesAsync(Name, PluginState.Active, "1.0.0");
        var archive = Two.Zip();

        await File.WriteAllBytesAsync(ArchivePath, archive[..(archive.Length / 2)]);
        await FindsAsync(host, Name, "CSG1020");
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        // As a copy into a file whose space was reserved: the end is there, the middle is not.
        var middle = (byte[])archive.Clone();
        middle.AsSpan(archive.Length / 4, 200).Clear();
        Plugins.AddLoose(Archive, middle);
        await FindsAsync(host, Name, "CSG1229");
        (await host.AskAsync(Name)).Should().Be("1.0.0");

        Plugins.AddLoose(Archive, archive);
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "2.0.0");
        host.Find(Name)!.Findings.Should().BeEmpty();
    }

    [Test]
    [Description("Bad input 18")]
    public async Task An_archive_that_would_write_elsewhere_is_refused_and_writes_nothing()
    {
        await using var host = await StartAsync();
        var evil = One.With("../../evil.txt", "evil").With("/../evil.txt", "evil");

        Plugins.AddLoose(Archive, evil.Zip());

        var status = await host.BecomesAsync("some-archive", PluginState.Rejected);
        status.Source.Should().Be(ArchivePath);
        status.Findings.Select(static f => f.Code).Should().Equal("CSG1221", "CSG1221");
        Directory.GetFiles(Place.Root, "*evil*", SearchOption.AllDirectories).Should().BeEmpty();
        Directory.GetFileSystemEntries(Path.Combine(Place.Store, ".incoming")).Should().BeEmpty();

        Plugins.AddLoose(Archive, One.Zip());
        await host.HappensAsync(PluginEventKind.Added, Name);
    }

    [Test]
    public async Task Of_a_folder_and_an_archive_of_one_name_the_highest_version_serves_and_the_other_is_reported()
    {
        Plugins.Add(One);
        Plugins.AddLoose(Archive, Two.Zip());
        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("2.0.0");
        host.Find(Name)!.Findings.Should().ContainSingle(static f => f.Code == "CSG1408");

        File.Delete(ArchivePath);
        await host.HappensAsync(PluginEventKind.Upgraded, Name, "1.0.0");
    }

    [Test]
    public async Task A_package_with_all_it_needs_is_a_plugin_and_one_that_needs_others_says_what_to_add()
    {
        await using var host = await StartAsync();

        Plugins.AddLoose("Packed.1.0.0.nupkg", One.Package("1.0.0"));
        await host.HappensAsync(PluginEventKind.Added, Name, "1.0.0");

        Plugins.AddLoose("Packed.2.0.0.nupkg", Two.Package("2.0.0", """<dependency id="Newtonsoft.Json" version="13.0.3" />"""));
        await Eventually.TrueAsync(() => host.Find("Packed.2.0.0")?.State == PluginState.Rejected, "it is refused", host.Describe);
        host.Find("Packed.2.0.0")!.Findings.Should().ContainSingle().Which.Remedy.Should().Contain("CloudSage.PluginHost.NuGet");
        (await host.AskAsync(Name)).Should().Be("1.0.0");
    }

    [Test]
    public async Task An_unpacker_of_the_embedders_takes_over_and_what_it_refused_is_tried_again()
    {
        var unpacker = new BrittleUnpacker();
        await using var host = await StartAsync(host: builder => builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPluginUnpacker>(unpacker)));
        Plugins.AddLoose("packed.nupkg", Two.Zip());
        (await host.BecomesAsync(Name, PluginState.Rejected)).Findings.Should().ContainSingle().Which.Message.Should().Contain("the feed is away");

        unpacker.IsMended = true;
        await host.Plugins.RetryAsync(Name, CancellationToken.None);

        var serving = await host.BecomesAsync(Name, PluginState.Active, "2.0.0");
        serving.Findings.Should().ContainSingle(static f => f.Code == "TEST1", "what was found when it was unpacked is told while it serves");
    }

    [Test]
    [Description("Bad input 61")]
    public async Task An_archive_that_is_larger_than_allowed_is_refused_without_being_read()
    {
        await using (var file = File.Create(Path.Combine(Place.Root, "vast.zip"))) file.SetLength((1L << 30) + 1);

        (await CodesOfAsync("vast.zip")).Should().Equal(["CSG1006"], "nothing is said of its content");
    }

    [Test]
    public async Task An_archive_is_validated_as_the_host_would()
    {
        await File.WriteAllBytesAsync(Path.Combine(Place.Root, "good.zip"), One.Zip());
        await File.WriteAllBytesAsync(Path.Combine(Place.Root, "bad.zip"), One.With("../evil.txt", "evil").Zip());
        await File.WriteAllBytesAsync(Path.Combine(Place.Root, "bare.zip"), One.Without(PluginFiles.Manifest).Zip());

        (await CodesOfAsync("good.zip")).Should().BeEmpty();
        (await CodesOfAsync("bad.zip")).Should().Equal("CSG1221");
        (await CodesOfAsync("bare.zip")).Should().Equal("CSG1100");
    }

    private async Task<IEnumerable<string>> CodesOfAsync(string name)
        => (await PluginValidation.ValidateAsync(Path.Combine(Place.Root, name), CancellationToken.None)).Select(static f => f.Code);

    private static Task FindsAsync(PluginHostFixture host, string plugin, string code)
        => Eventually.TrueAsync(() => host.Find(plugin)!.Findings.Any(f => f.Code == code), $"{code} of {plugin}", host.Describe);

    private static void Patient(PluginHostOptions options) => options.Discovery.IncompleteGrace = TimeSpan.FromMinutes(10);

    /// <summary>Fails until it is mended.</summary>
    private sealed class BrittleUnpacker : IPluginUnpacker
    {
        public bool IsMended { get; set; }

        public bool CanUnpack(string path) => path.EndsWith(".nupkg", StringComparison.Ordinal);

        public async Task<IReadOnlyList<Finding>> UnpackAsync(string archive, string folder, CancellationToken cancellationToken)
        {
            if (!IsMended) throw new InvalidOperationException("the feed is away");
            await using var stream = File.OpenRead(archive);
            return [.. await PluginArchive.ExtractAsync(stream, folder, null, cancellationToken), Finding.Warning("TEST1", "It is not signed.", "Sign it.")];
        }
    }
}
