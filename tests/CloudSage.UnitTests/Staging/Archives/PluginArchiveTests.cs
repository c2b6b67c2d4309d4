using System.IO.Compression;
using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.UnitTests.Staging.Archives;

internal sealed class PluginArchiveTests : ArchiveFixture
{
    [TestCase(CompressionLevel.NoCompression)]
    [TestCase(CompressionLevel.SmallestSize)]
    public async Task An_archive_of_the_runtimes_own_is_unpacked_as_it_was_packed(CompressionLevel level)
    {
        var content = new byte[300_000];
        new Random(1).NextBytes(content);
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in new[] { ("manifest.yaml", "name: a"u8.ToArray()), ("lib/A.dll", content), ("empty.txt", []), ("Größe/成本.txt", "x"u8.ToArray()) })
            {
                using var entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        (await ExtractAsync(packed.ToArray())).Should().BeEmpty();

        File.ReadAllBytes(Path.Combine(Target, "lib", "A.dll")).Should().Equal(content);
        File.ReadAllText(Path.Combine(Target, "manifest.yaml")).Should().Be("name: a");
        File.ReadAllBytes(Path.Combine(Target, "empty.txt")).Should().BeEmpty();
        File.ReadAllText(Path.Combine(Target, "Größe", "成本.txt")).Should().Be("x");
    }

    [Test]
    public async Task Programs_stay_programs_and_nothing_else_of_the_mode_counts()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no modes.");
            return;
        }

        var archive = new CraftedArchive()
            .Add(new CraftedEntry("run", "#!/bin/sh"u8.ToArray()) { Mode = 0x8000 | Convert.ToInt32("6777", 8) })
            .Add(new CraftedEntry("data", "x"u8.ToArray()) { Mode = 0x8000 | Convert.ToInt32("0666", 8) });

        (await ExtractAsync(archive)).Should().BeEmpty();

        var program = File.GetUnixFileMode(Path.Combine(Target, "run"));
        program.Should().HaveFlag(UnixFileMode.UserExecute).And.NotHaveFlag(UnixFileMode.SetUser).And.NotHaveFlag(UnixFileMode.GroupWrite).And.NotHaveFlag(UnixFileMode.OtherWrite);
        File.GetUnixFileMode(Path.Combine(Target, "data")).Should().NotHaveFlag(UnixFileMode.UserExecute);
    }

    [Test]
    public async Task What_is_asked_for_is_put_where_it_is_asked_for()
    {
        using var stream = new MemoryStream(new CraftedArchive().Add("lib/net10.0/A.dll", "a").Add("other.txt").Add("left/out.txt").Add("folder/", "").ToBytes());
        IReadOnlyList<string>? asked = null;

        var findings = await PluginArchive.ExtractAsync(stream, Target, null, names =>
        {
            asked = names;
            return new Dictionary<string, string?> { ["lib/net10.0/A.dll"] = "A.dll", ["other.txt"] = null };
        }, CancellationToken.None);

        findings.Should().BeEmpty();
        asked.Should().Equal("lib/net10.0/A.dll", "other.txt", "left/out.txt");
        Directory.GetFileSystemEntries(Target).Should().Equal(Path.Combine(Target, "A.dll"));
    }

    [TestCase("../A.dll", "CSG1221")]
    [TestCase("/A.dll", "CSG1221")]
    [TestCase("b.txt", "CSG1224")]
    [TestCase("B.TXT", "CSG1224")]
    public async Task A_place_is_held_to_the_rules_of_names(string place, string code)
    {
        using var stream = new MemoryStream(new CraftedArchive().Add("b.txt").Add("a.txt").ToBytes());

        var findings = await PluginArchive.ExtractAsync(
            stream, Target, null, _ => new Dictionary<string, string?> { ["b.txt"] = "b.txt", ["a.txt"] = place }, CancellationToken.None);

        findings.Should().ContainSingle().Which.Code.Should().Be(code);
        Directory.Exists(Target).Should().BeFalse();
    }

    [Test]
    public async Task A_folder_with_something_in_it_is_not_unpacked_into()
    {
        Directory.CreateDirectory(Target);
        var mine = Path.Combine(Target, "mine.txt");
        await File.WriteAllTextAsync(mine, "mine");

        await FluentActions.Awaiting(() => ExtractAsync(new CraftedArchive().Add("a.txt"))).Should().ThrowAsync<ArgumentException>();

        (await File.ReadAllTextAsync(mine)).Should().Be("mine");
    }

    [Test]
    public async Task Nothing_is_left_after_a_cancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var archive = new CraftedArchive().Add("first.txt").Add(new CraftedEntry("large.bin", new byte[1_000_000]));
        using var stream = new Watched(archive.ToBytes(), position =>
        {
            if (position > 500_000 && Directory.Exists(Target)) cancellation.Cancel();
        });

        await FluentActions.Awaiting(() => PluginArchive.ExtractAsync(stream, Target, null, cancellation.Token)).Should().ThrowAsync<OperationCanceledException>();

        Directory.Exists(Target).Should().BeFalse();
    }

    [Test]
    public async Task Nothing_is_left_after_an_exception()
    {
        using var stream = new Watched(new CraftedArchive().Add("a.txt").Add(new CraftedEntry("large.bin", new byte[1_000_000])).ToBytes(), position =>
        {
            if (position > 500_000 && Directory.Exists(Target)) throw new InvalidOperationException("out of order");
        });

        await FluentActions.Awaiting(() => PluginArchive.ExtractAsync(stream, Target, null, CancellationToken.None)).Should().ThrowAsync<InvalidOperationException>();

        Directory.Exists(Target).Should().BeFalse();
    }

    [Test]
    public async Task An_archive_that_can_no_longer_be_read_is_a_finding()
    {
        using var stream = new Watched(new CraftedArchive().Add(new CraftedEntry("large.bin", new byte[1_000_000])).ToBytes(), position =>
        {
            if (position > 500_000 && Directory.Exists(Target)) throw new IOException("the share is gone");
        });

        (await PluginArchive.ExtractAsync(stream, Target, null, CancellationToken.None)).Should().ContainSingle().Which.Message.Should().Contain("the share is gone");

        Directory.Exists(Target).Should().BeFalse();
    }

    /// <summary>Tells where it is read.</summary>
    private sealed class Watched(byte[] bytes, Action<long> reading) : MemoryStream(bytes)
    {
        // All other ways to read lead here.
        public override int Read(byte[] buffer, int offset, int count)
        {
            reading(Position);
            return base.Read(buffer, offset, count);
        }
    }
}
