using System.Text;
using CloudSage.PluginHost.Staging.Archives;

namespace CloudSage.UnitTests.Staging.Archives;

/// <summary>Each archive that is refused, really crafted.</summary>
internal sealed class RefusedArchiveTests : ArchiveFixture
{
    private static readonly int Link = 0xA000 | Convert.ToInt32("777", 8);

    [TestCase("../evil.txt")]
    [TestCase("..")]
    [TestCase("a/../../evil.txt")]
    [TestCase("a/..")]
    [TestCase("/evil.txt")]
    [TestCase("//server/share/evil.txt")]
    [TestCase("C:/evil.txt")]
    [TestCase("C:evil.txt")]
    [TestCase("..\\evil.txt")]
    [TestCase("a\\b.txt")]
    [TestCase("\\evil.txt")]
    [TestCase("\\\\?\\C:\\evil.txt")]
    [TestCase("a\0b.txt")]
    [TestCase("evil.txt\0.png")]
    [TestCase("a:stream")]
    [TestCase("con")]
    [TestCase("a/NUL.txt")]
    [TestCase("com1.dll")]
    [TestCase("a./b.txt")]
    [TestCase("a ")]
    [TestCase("./a.txt")]
    [TestCase("a//b.txt")]
    [TestCase("a\u001b[2J.txt")]
    [TestCase("a\r\nb.txt")]
    [TestCase("\u202Etxt.exe")]
    [TestCase("")]
    [TestCase("/")]
    [TestCase("../folder/")]
    [Description("Bad input 18")]
    public async Task Names_that_lead_out_or_mean_another_file_elsewhere(string name)
    {
        var finding = await RefusesAsync("CSG1221", new CraftedArchive().Add("good.txt").Add(new CraftedEntry(name, name.EndsWith('/') ? [] : "evil"u8.ToArray())));

        finding.Message.Should().Contain("The archive's entry '");
    }

    [Test]
    [Description("Bad input 18")]
    public async Task Names_that_are_too_long_too_deep_or_not_text()
    {
        await RefusesAsync("CSG1221", new CraftedArchive().Add(new string('a', 600)));
        await RefusesAsync("CSG1220", new CraftedArchive().Add(new string('a', 60_000)));
        await RefusesAsync("CSG1221", new CraftedArchive().Add(string.Concat(Enumerable.Repeat("a/", 65)) + "b"));
        await RefusesAsync("CSG1221", new CraftedArchive().Add(new CraftedEntry("x", []) { RawName = [(byte)'a', 0xFF, 0xFE] }));
    }

    [Test]
    [Description("Bad input 18")]
    public async Task All_bad_names_are_told_up_to_twenty()
    {
        var archive = new CraftedArchive();
        for (var i = 0; i < 30; i++) archive.Add($"../{i}");

        (await ExtractAsync(archive)).Should().HaveCount(20).And.OnlyHaveUniqueItems();
    }

    [TestCase("A.dll", "A.dll")]
    [TestCase("A.dll", "a.DLL")]
    [TestCase("lib/A.dll", "LIB/B.dll")]
    [TestCase("caf\u00e9.txt", "cafe\u0301.txt")]
    [Description("Bad input 20")]
    public async Task Names_that_are_there_twice_or_one_on_some_systems(string first, string second)
        => (await RefusesAsync("CSG1224", new CraftedArchive().Add(first).Add(second))).Message.Should().Contain("'");

    [TestCase("a", "a/b.txt")]
    [TestCase("a/b.txt", "a")]
    [TestCase("a/", "A")]
    [Description("Bad input 20")]
    public async Task A_file_that_is_a_folder_too(string first, string second)
        => await RefusesAsync("CSG1225", new CraftedArchive().Add(first, first.EndsWith('/') ? "" : "x").Add(second));

    [Test]
    [Description("Bad input 20")]
    public async Task A_folder_with_content_and_a_file_with_the_mode_of_a_folder()
    {
        await RefusesAsync("CSG1225", new CraftedArchive().Add("a/", "content"));
        await RefusesAsync("CSG1225", new CraftedArchive().Add(new CraftedEntry("a", []) { Mode = 0x4000 }));
    }

    [TestCase(0x1000, "pipe")]
    [TestCase(0x2000, "device")]
    [TestCase(0x6000, "device")]
    [TestCase(0xC000, "socket")]
    [Description("Bad input 21")]
    public async Task Devices_pipes_and_sockets(int type, string word)
        => (await RefusesAsync("CSG1222", new CraftedArchive().Add(new CraftedEntry("a", []) { Mode = type | 0x1B6 }))).Message.Should().Contain(word);

    [Test]
    [Description("Bad input 21")]
    public async Task Links()
    {
        await RefusesAsync("CSG1222", new CraftedArchive().Add(new CraftedEntry("a", "/etc/passwd"u8.ToArray()) { Mode = Link }));
        await RefusesAsync("CSG1222", new CraftedArchive().Add(new CraftedEntry("a/", []) { Mode = Link }));
        await RefusesAsync("CSG1222", new CraftedArchive().Add(new CraftedEntry("a", "x"u8.ToArray()) { WindowsAttributes = FileAttributes.ReparsePoint }));
    }

    [Test]
    [Description("Bad input 21")]
    public async Task A_link_and_a_file_below_it_write_nothing_where_it_leads()
    {
        var archive = new CraftedArchive().Add(new CraftedEntry("out", Encoding.UTF8.GetBytes(Temp.Path)) { Mode = Link }).Add("out/outside.txt", "evil");

        (await ExtractAsync(archive)).Select(static f => f.Code).Should().Equal("CSG1222", "CSG1225");
        (await File.ReadAllTextAsync(Temp.File("outside.txt"))).Should().Be("untouched");
    }

    [Test]
    public async Task Encrypted_entries()
        => (await RefusesAsync("CSG1223", new CraftedArchive().Add(new CraftedEntry("secret.txt", "x"u8.ToArray()) { Flags = 1 | (1 << 11) }))).Message.Should().Contain("'secret.txt'");

    [Test]
    [Description("Bad input 19")]
    public async Task A_bomb_that_grows_a_thousandfold()
        => await RefusesAsync("CSG1228", new CraftedArchive().Add(new CraftedEntry("zeros", new byte[20_000_000]) { Method = 8 }));

    [Test]
    [Description("Bad input 19")]
    public async Task A_bomb_of_many_entries_that_share_one_content()
    {
        var archive = new CraftedArchive().Add(new CraftedEntry("0", new byte[100_000]));
        for (var i = 1; i < 1_000; i++) archive.Add(new CraftedEntry($"{i}", new byte[100_000]) { SharesContentOfFirst = true });

        await RefusesAsync("CSG1228", archive);
    }

    [TestCase(null)]
    [TestCase(0)]
    [TestCase(10)]
    [TestCase(int.MaxValue)]
    [Description("Bad input 19")]
    public async Task More_bytes_than_allowed_are_never_written_whatever_the_headers_say(int? stated)
    {
        var archive = new CraftedArchive().Add("first.txt").Add(new CraftedEntry("second.bin", new byte[2_000_000]) { Method = 8, StatedLength = stated });

        var findings = await ExtractAsync(archive, new ArchiveLimits { Bytes = 1_000_000 });

        // A length that is stated too low ends the reading there, and the checksum tells.
        findings.Should().ContainSingle().Which.Code.Should().Be(stated < 1_000_000 ? "CSG1229" : "CSG1227");
        Directory.Exists(Target).Should().BeFalse();
    }

    [Test]
    [Description("Bad input 19")]
    public async Task More_entries_than_allowed_whatever_the_end_says()
    {
        var archive = new CraftedArchive();
        for (var i = 0; i < 11; i++) archive.Add($"{i}.txt");
        await RefusesAsync("CSG1226", archive, new ArchiveLimits { Entries = 10 });

        archive = new CraftedArchive { StatedEntries = 2 };
        for (var i = 0; i < 11; i++) archive.Add($"{i}.txt");
        await RefusesAsync("CSG1220", archive, new ArchiveLimits { Entries = 10 });
    }

    [Test]
    [Description("Bad input 19")]
    public async Task Folders_that_names_imply_count_as_those_that_are_named()
    {
        var archive = new CraftedArchive();
        for (var i = 0; i < 5; i++) archive.Add($"{i}/a/b/c/d.txt");
        (await RefusesAsync("CSG1226", archive, new ArchiveLimits { Entries = 24 })).Message.Should().Contain("more than 24 files and folders");
        (await ExtractAsync(archive, new ArchiveLimits { Entries = 25 })).Should().BeEmpty();
    }

    [Test]
    [Description("Bad input 19")]
    public async Task A_directory_that_would_exhaust_memory_is_not_read()
    {
        var archive = new CraftedArchive { StatedEntries = 1 };
        for (var i = 0; i < 20_000; i++) archive.Add($"{i}", string.Empty);

        (await RefusesAsync("CSG1220", archive)).Message.Should().Contain("longer than its entries need");
    }

    [Test]
    public async Task Damaged_content()
    {
        await RefusesAsync("CSG1229", new CraftedArchive().Add(new CraftedEntry("a", "abc"u8.ToArray()) { StatedChecksum = 1 }));
        await RefusesAsync("CSG1229", new CraftedArchive().Add(new CraftedEntry("a", "abc"u8.ToArray()) { Method = 8, StatedLength = 2 }));
        await RefusesAsync("CSG1229", new CraftedArchive().Add(new CraftedEntry("a", "abc"u8.ToArray()) { Method = 8, StatedPackedLength = 1 }));
        await RefusesAsync("CSG1229", new CraftedArchive().Add(new CraftedEntry("a", "abc"u8.ToArray()) { StatedPackedLength = 1_000_000 }));
        await RefusesAsync("CSG1229", new CraftedArchive().Add(new CraftedEntry("a", "abc"u8.ToArray()) { Method = 99 }));
    }

    [Test]
    public async Task Files_that_are_no_plain_archive()
    {
        await RefusesAsync("CSG1220", new CraftedArchive { OffsetLie = -1 }.Add("a"));
        await RefusesAsync("CSG1220", new CraftedArchive { OffsetLie = 5 }.Add("a"));
        await RefusesAsync("CSG1220", new CraftedArchive { StatedEntries = ushort.MaxValue }.Add("a"));
        await RefusesAsync("CSG1220", new CraftedArchive { StatedEntries = 2 }.Add("a"));
        await RefusesAsync("CSG1220", new CraftedArchive { Disk = 1 }.Add("a"));
        await RefusesAsync("CSG1220", new CraftedArchive { Gap = new byte[20] }.Add("a"));
        await RefusesAsync("CSG1220", new CraftedArchive { Comment = "PK\u0005\u0006" + new string('\0', 18) }.Add("a"));
        foreach (var bytes in (byte[][])[[], "PK"u8.ToArray(), new byte[100_000], "MZ this is a program, and a long one at that"u8.ToArray()])
            (await ExtractAsync(bytes)).Should().ContainSingle().Which.Code.Should().Be("CSG1220");
    }

    [Test]
    public async Task A_comment_is_no_harm()
        => (await ExtractAsync(new CraftedArchive { Comment = "a comment of some length" }.Add("a"))).Should().BeEmpty();

    [Test]
    [Description("Bad input 24")]
    public async Task An_archive_that_is_cut_anywhere_is_refused()
    {
        var whole = new CraftedArchive().Add("a.txt").Add(new CraftedEntry("b.bin", new byte[5_000]) { Method = 8 }).ToBytes();
        for (var length = 0; length < whole.Length; length++)
        {
            (await ExtractAsync(whole[..length])).Should().ContainSingle($"of {length} bytes").Which.Code.Should().Be("CSG1220");
            Directory.Exists(Target).Should().BeFalse();
        }
    }
}
