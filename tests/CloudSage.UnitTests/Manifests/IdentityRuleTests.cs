namespace CloudSage.UnitTests.Manifests;

/// <summary>Name, version, type and entry point.</summary>
public sealed class IdentityRuleTests
{
    [TestCase("a")]
    [TestCase("ec2-rightsizer")]
    [TestCase("x9")]
    [TestCase("console")]
    public void Name_Safe_Passes(string name) => Reading.Good(With(name: name)).Name.Should().Be(name);

    [TestCase("../x", "holds '.' (U+002E)")]
    [TestCase("\"a\\0b\"", "holds U+0000")]
    [TestCase("\"p\\u0430y\"", "holds '\u0430' (U+0430), which only looks like the Latin letter 'a'")]
    [TestCase("\"pl\\u202eay\"", "holds U+202E")]
    [TestCase("Sample", "holds 'S' (U+0053)")]
    [TestCase("my_plugin", "holds '_' (U+005F)")]
    [TestCase("9lives", "does not start with a letter")]
    [TestCase("-a", "does not start with a letter")]
    [TestCase("con", "is the name of a device on Windows")]
    [TestCase("lpt1", "is the name of a device on Windows")]
    [TestCase("a/b", "holds '/' (U+002F)")]
    public void Name_Unsafe_IsRefusedWithTheCharacter(string name, string fault)
    {
        var finding = Reading.Read(With(name: name)).Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1120(1,7)");
        finding.Message.Should().Contain(fault);
    }

    [Test]
    public void Name_TooLong_IsRefusedAndShortenedInTheMessage()
    {
        var finding = Reading.Read(With(name: new string('a', 5000))).Findings.Should().ContainSingle().Subject;

        finding.Code.Should().Be("CSG1120");
        finding.Message.Should().Contain("5000 characters").And.Subject.Length.Should().BeLessThan(250);
        Reading.Good(With(name: new string('a', 64))).Name.Should().HaveLength(64);
    }

    [TestCase("My Plugin", "'my-plugin'")]
    [TestCase("My_Plugin", "'my-plugin'")]
    public void Name_Unsafe_ProposesASafeOne(string name, string proposal)
        => Reading.Read(With(name: name)).Findings.Should().ContainSingle().Which.Remedy.Should().Contain(proposal);

    [TestCase("1.0.0")]
    [TestCase("0.0.1-alpha.1+build.5")]
    [TestCase("10.20.30")]
    public void Version_SemVer_Passes(string version) => Reading.Good(With(version: version)).Version.Should().Be(version);

    [TestCase("1", "Write 1.0.0.")]
    [TestCase("1.2", "Write 1.2.0.")]
    [TestCase("01.0.0", "Write 1.0.0.")]
    [TestCase("v1.2.3", "Write 1.2.3.")]
    [TestCase("1.2.3.4", "Write 1.2.3.")]
    [TestCase("1.0.0-01", "Write three numbers")]
    [TestCase("1.0.0-", "Write three numbers")]
    [TestCase("latest", "Write three numbers")]
    [TestCase("\" 1.0.0\"", "Write 1.0.0.")]
    [TestCase("99999999999.0.0", "Write three numbers")]
    public void Version_NotSemVer_SaysWhatToWrite(string version, string remedy)
    {
        var finding = Reading.Read(With(version: version)).Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1121(2,10)");
        finding.Remedy.Should().StartWith(remedy);
    }

    [Test]
    public void Type_Unknown_SuggestsTheNearest()
    {
        var finding = Reading.Read(With(type: "notifer")).Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1122(3,7)");
        finding.Remedy.Should().Be("Did you mean 'notifier'?");
    }

    [TestCase("cloud-adapter", "target")]
    [TestCase("notifier", "channels")]
    [TestCase("integration", "system")]
    public void Type_WithoutItsKey_IsRefused(string type, string key)
    {
        var finding = Reading.Read(With(type: type)).Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1115(3,7)");
        finding.Message.Should().Contain($"'{key}'");
    }

    [Test]
    public void Channels_Empty_AreMissing() => Reading.FaultsOf(With(type: "notifier") + "channels: []\n").Should().Equal("CSG1115(3,7)");

    [TestCase("bin/Sample.dll")]
    [TestCase("..hidden/x.dll")]
    [TestCase("a b.dll")]
    public void EntryPoint_Inside_Passes(string path) => Reading.Good(With(entryPoint: path)).EntryPoint.Should().Be(path);

    [TestCase("/etc/passwd", "is absolute")]
    [TestCase("../other/x.dll", "leaves its folder")]
    [TestCase("a/../../x.dll", "leaves its folder")]
    [TestCase("C:/x.dll", "names a drive")]
    [TestCase("'C:\\x.dll'", "backslash")]
    [TestCase("'\\\\server\\x.dll'", "backslash")]
    [TestCase("bin\\x.dll", "backslash")]
    [TestCase("./x.dll", "the part '.'")]
    [TestCase("bin//x.dll", "empty part")]
    [TestCase("bin/", "empty part")]
    [TestCase("\"x\\0.dll\"", "U+0000")]
    [TestCase("x.dll:stream", "':' (U+003A)")]
    [TestCase("nul.dll", "device on Windows")]
    [TestCase("x.", "ends with a dot")]
    public void EntryPoint_NotInside_IsRefused(string path, string fault)
    {
        var finding = Reading.Read(With(entryPoint: path)).Findings.Should().ContainSingle().Subject;

        Reading.Place(finding).Should().Be("CSG1123(4,14)");
        finding.Message.Should().Contain(fault);
    }

    [Test]
    public void Required_Missing_AreAllReported()
        => Reading.FaultsOf("cloud: aws\n").Should().Equal("CSG1114(1,1)", "CSG1114(1,1)", "CSG1114(1,1)", "CSG1114(1,1)");

    [TestCase("name:\n")]
    [TestCase("name: \"\"\n")]
    [TestCase("name: ~\n")]
    public void Required_Empty_IsMissing(string line)
        => Reading.FaultsOf(line + "version: 1.0.0\ntype: optimizer\nentry_point: x.dll\n").Should().ContainSingle().Which.Should().StartWith("CSG1114(1,");

    private static string With(string name = "sample", string version = "1.0.0", string type = "optimizer", string entryPoint = "sample.dll")
        => $"name: {name}\nversion: {version}\ntype: {type}\nentry_point: {entryPoint}\n";
}
