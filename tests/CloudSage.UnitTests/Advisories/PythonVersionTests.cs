using CloudSage.PluginHost.Advisories.Versions;

namespace CloudSage.UnitTests.Advisories;

public sealed class PythonVersionTests
{
    /// <summary>In rising order; the examples of PEP 440 and of the packaging library's own documentation.</summary>
    private static readonly string[] Rising =
    [
        "0.9", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2", "1.0b2.post345.dev456", "1.0b2.post345",
        "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1", "2017.11.5", "2022.12.7",
        "1!0.1", "1!1.0",
    ];

    [Test]
    public void Versions_follow_each_other_as_PEP_440_says()
    {
        for (var i = 0; i < Rising.Length; i++)
        {
            for (var j = 0; j < Rising.Length; j++)
                Math.Sign(PythonVersion.Parse(Rising[i])!.CompareTo(PythonVersion.Parse(Rising[j]))).Should().Be(Math.Sign(i.CompareTo(j)), $"{Rising[i]} and {Rising[j]}");
        }
    }

    [TestCase("1.0", "1.0.0")]
    [TestCase("1.0", "v1")]
    [TestCase("1.0a1", "1.0-ALPHA_1")]
    [TestCase("1.0rc2", "1.0c2")]
    [TestCase("1.0rc2", "1.0.preview2")]
    [TestCase("1.0a0", "1.0a")]
    [TestCase("1.0.post1", "1.0-1")]
    [TestCase("1.0.post4", "1.0-r4")]
    [TestCase("1.0+ubuntu.1", "1.0+UBUNTU-1")]
    [TestCase("1.0", " 1.0 ")]
    [TestCase("0!1.0", "1.0")]
    public void Spellings_of_one_version_are_equal(string one, string other)
        => PythonVersion.Parse(one)!.CompareTo(PythonVersion.Parse(other)).Should().Be(0);

    [TestCase("")]
    [TestCase("latest")]
    [TestCase("1.0-")]
    [TestCase("1..0")]
    [TestCase("1.0+")]
    [TestCase("1.0 beta one")]
    public void What_is_no_version_is_not_read(string text) => PythonVersion.Parse(text).Should().BeNull();

    [Test]
    public void A_text_that_is_far_too_long_is_not_read() => PythonVersion.Parse(new string('1', 10_000)).Should().BeNull();
}
