using System.Diagnostics;
using System.Globalization;
using System.Text;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

/// <summary>What must be survived: every input here was made to break a reader, or is what a broken disk leaves.</summary>
public sealed class HostileInputTests
{
    [TestCase("", "CSG1104(1,1)")]
    [TestCase("# nothing\n", "CSG1104(1,1)")]
    [TestCase("---\n", "CSG1104(1,1)")]
    [TestCase("just text", "CSG1106(1,1)")]
    [TestCase("\n- a\n- b\n", "CSG1106(2,1)")]
    [TestCase("name: [a\nversion: 1\n", "CSG1105(2,1)")]
    [TestCase("name: @x\n", "CSG1105(1,7)")]
    [TestCase("name: a: b\n", "CSG1105(1,8)")]
    public void Input_that_is_no_manifest_is_refused_at_its_place(string yaml, string expected)
        => Reading.FaultsOf(yaml).Should().Equal(expected);

    [Test]
    public void A_byte_order_mark_is_accepted_and_moves_no_column()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Reading.Head)];

        var manifest = Reading.Read(bytes).Value!;

        manifest.Name.Should().Be("sample");
        manifest.Locate("name").Column.Should().Be(7);
    }

    [Test]
    public void Windows_line_ends_are_accepted()
        => Reading.Good((Reading.Head + "description: x\n").Replace("\n", "\r\n", StringComparison.Ordinal)).Locate("description").Line.Should().Be(5);

    [TestCase("utf-16")]
    [TestCase("utf-16BE")]
    [TestCase("utf-32")]
    public void Other_encodings_are_named(string encoding)
    {
        var with = Encoding.GetEncoding(encoding);
        byte[] marked = [.. with.GetPreamble(), .. with.GetBytes(Reading.Head)];

        Reading.Read(marked).Findings.Should().ContainSingle().Which.Message.Should().Contain(encoding[..6].ToUpperInvariant());
    }

    [Test]
    public void Utf16_without_a_mark_is_recognised()
        => Reading.Read(Encoding.Unicode.GetBytes(Reading.Head)).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1102");

    [Test]
    public void A_byte_that_is_not_utf8_is_found()
    {
        byte[] latin1 = [.. "name: caf"u8, 0xE9, .. "\n"u8];

        var finding = Reading.Read(latin1).Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1102(1,10)");
        finding.Message.Should().Contain("0xE9");
    }

    [TestCase("\0", "U+0000")]
    [TestCase("\u001b[31m", "U+001B")]
    [TestCase("\u202e", "U+202E")]
    [TestCase("\u0085", null)]
    public void Characters_that_hide_text_are_found(string hidden, string? named)
    {
        var result = Reading.Read(Reading.Head + $"description: a{hidden}b\n");

        if (named is null) result.Findings.Should().NotContain(f => f.Code == "CSG1103");
        else result.Findings.Should().ContainSingle(f => f.Code == "CSG1103" && f.Message.Contains(named)).Which.Location!.Column.Should().Be(15);
    }

    [Test]
    public void A_manifest_of_the_greatest_length_is_read_and_one_byte_more_is_not()
    {
        var filler = ManifestText.MaxBytes - Encoding.UTF8.GetByteCount(Reading.Head) - "#\n".Length;
        var greatest = Reading.Head + "#" + new string('x', filler) + "\n";

        Reading.Good(greatest).Name.Should().Be("sample");
        Reading.FaultsOf(greatest + "\n").Should().Equal("CSG1101(,)");
    }

    [Test]
    public void A_hundred_megabytes_are_refused_by_their_size()
    {
        var huge = new byte[100 * 1024 * 1024];

        Reading.Read(huge).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1101");
    }

    [Test]
    public void An_alias_bomb_does_not_go_off()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 12; level++) bomb.Append(CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 9))}]\n");

        var faults = Reading.FaultsOf(bomb.ToString()).ToList();

        faults.Should().StartWith("CSG1112(1,1)").And.Contain("CSG1108(1,5)").And.HaveCount(101, "findings are capped");
    }

    [TestCase("name: &n x\n", "CSG1108(1,7)")]
    [TestCase("cloud: *n\n", "CSG1108(1,8)")]
    [TestCase("<<: *base\n", "CSG1108(1,5)")]
    [TestCase("cloud: !!str aws\n", "CSG1109(1,8)")]
    [TestCase("cloud: !System.Diagnostics.Process {}\n", "CSG1109(1,8)")]
    [TestCase("cloud: !<tag:yaml.org,2002:str> aws\n", "CSG1109(1,8)")]
    public void Anchors_aliases_and_tags_are_refused(string yaml, string expected)
        => Reading.FaultsOf(yaml).Should().Contain(expected);

    [TestCase("[", "]", 33)]
    [TestCase("{a: ", "}", 126)]
    [TestCase("- ", "", 65)]
    [TestCase("? ", "", 65)]
    [TestCase("[", "", 33)]
    public void Ten_thousand_levels_end_at_the_limit_and_quickly(string open, string close, int column)
    {
        var deep = string.Concat(Enumerable.Repeat(open, 10_000)) + string.Concat(Enumerable.Repeat(close, 10_000));
        var watch = Stopwatch.StartNew();

        Reading.FaultsOf(deep).Should().Equal($"CSG1107(1,{column})");
        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(5), "the parser itself takes a minute when asked for all of it");
    }

    [Test]
    public void Thirty_two_levels_are_read()
        => Reading.Read(string.Concat(Enumerable.Repeat("[", 32)) + string.Concat(Enumerable.Repeat("]", 32)))
            .Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1106");

    [Test]
    public void Too_many_nodes_are_refused()
        => Reading.FaultsOf("keywords: [" + string.Concat(Enumerable.Repeat("a,", 20_000)) + "]").Should().ContainSingle().Which.Should().StartWith("CSG1107");

    [Test]
    public void A_second_document_is_refused()
        => Reading.Faults("---\nname: other\n").Should().Equal("CSG1110(5,1)");

    [Test]
    public void A_repeated_key_names_both_places()
    {
        var finding = Reading.Read(Reading.Head + "name: other\n").Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1111(5,1)");
        finding.Message.Should().Contain("line 1, column 1");
    }

    [Test]
    public void A_key_repeated_in_another_spelling_names_both_places()
    {
        var finding = Reading.Read(Reading.Head + "resource-type: a\nresource_types: [b]\n").Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1111(6,1)");
        finding.Message.Should().Contain("'resource-type' at line 5, column 1");
    }

    [Test]
    public void What_was_written_cannot_write_into_logs()
        => Reading.Read(Reading.Head.Replace("sample\n", "\"a\\e[2J\\nCSG0000\"\n", StringComparison.Ordinal))
            .Findings.Should().OnlyContain(f => !f.ToString().Any(char.IsControl)).And.NotBeEmpty();
}
