using CloudSage.PluginHost.Discovery;

namespace CloudSage.UnitTests.Discovery;

internal sealed class CandidateNameTests
{
    [TestCase("idle-finder", "idle-finder")]
    [TestCase("contoso.finder", "contoso.finder")]
    [TestCase("Contoso.Finder.dll", "Contoso.Finder")]
    [TestCase("finder-1.2.0.ZIP", "finder-1.2.0")]
    [TestCase("Contoso.Finder.1.2.0.nupkg", "Contoso.Finder.1.2.0")]
    public void Of_AFileOrFolder_IsItsNameWithoutWhatTellsItsKind(string name, string expected)
        => CandidateName.Of(Path.Combine(Path.GetTempPath(), "plugins.d", name)).Should().Be(expected);
}
