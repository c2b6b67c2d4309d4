using CloudSage.PluginHost.Resolution;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Resolution;

public sealed class DuplicateSelectionTests
{
    [Test]
    public void Select_SeveralVersions_TakesTheHighestAndShadowsTheOthers()
    {
        var choice = DuplicateSelection.Select([Plugin("a", "1.9.0", [], "/p/1"), Plugin("a", "1.10.0", [], "/p/2"), Plugin("a", "1.10.0-rc.1", [], "/p/3")]);

        choice.Chosen.Should().ContainSingle().Which.Source.Should().Be("/p/2");
        choice.Shadowed.Select(s => s.Descriptor.Source).Should().Equal("/p/3", "/p/1");
        choice.Shadowed.Should().OnlyContain(s => s.Finding.Code == ResolutionCodes.Shadowed);
        choice.Shadowed[0].Finding.Message.Should().Contain("shadowed by 1.10.0 in '/p/2'");
    }

    [Test]
    public void Select_EqualVersions_TakesTheFirstSourceInOrdinalOrder_WhateverTheOrderOfTheInput()
    {
        var upper = Plugin("a", "1.0.0", [], "/p/B");
        var lower = Plugin("a", "1.0.0", [], "/p/a");

        DuplicateSelection.Select([lower, upper]).Chosen.Should().Equal(upper);
        DuplicateSelection.Select([upper, lower]).Chosen.Should().Equal(upper);
    }

    [Test]
    public void Select_VersionsThatDifferInBuildMetadataAlone_AreEqual()
        => DuplicateSelection.Select([Plugin("a", "1.0.0+2", [], "/p/b"), Plugin("a", "1.0.0+1", [], "/p/a")])
            .Chosen.Should().ContainSingle().Which.Source.Should().Be("/p/a");

    [Test]
    public void Select_DifferentNames_AreAllChosenByName()
    {
        var choice = DuplicateSelection.Select([Plugin("b"), Plugin("a")]);

        choice.Chosen.Select(p => p.Name).Should().Equal("a", "b");
        choice.Shadowed.Should().BeEmpty();
    }
}
