using CloudSage.PluginHost;
using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Resolution;

public sealed class DependencyResolverTests
{
    [Test]
    public void Independent_plugins_are_ordered_by_name()
        => Order(Plugin("c"), Plugin("a"), Plugin("b")).Should().Equal("a", "b", "c");

    [Test]
    public void A_dependency_comes_before_its_dependent_whatever_the_names()
        => Order(Plugin("a", Needs("z")), Plugin("m"), Plugin("z")).Should().Equal("m", "z", "a");

    [Test]
    public void A_diamond_starts_each_plugin_once()
        => Order(Plugin("a", Needs("b"), Needs("c")), Plugin("b", Needs("d")), Plugin("c", Needs("d")), Plugin("d"))
            .Should().Equal("d", "b", "c", "a");

    [Test]
    public void A_missing_plugin_makes_the_dependent_wait_and_is_named()
    {
        var resolution = Resolve(Plugin("a", Needs("b", "[1.0,2.0)")), Plugin("c"));

        Names(resolution).Should().Equal("c");
        resolution.Waiting.Keys.Should().Equal("a");
        var finding = resolution.Waiting["a"].Should().ContainSingle().Subject;
        finding.Code.Should().Be(ResolutionCodes.DependencyMissing);
        finding.Severity.Should().Be(FindingSeverity.Error);
        finding.Message.Should().Contain("'b'").And.Contain("[1.0,2.0)");
    }

    [Test]
    public void A_wrong_version_says_what_is_there_and_what_is_wanted()
    {
        var resolution = Resolve(Plugin("a", Needs("b", "[2.0,3.0)")), Plugin("b", "1.4.2", []));

        Names(resolution).Should().Equal("b");
        var finding = resolution.Waiting["a"].Should().ContainSingle().Subject;
        finding.Code.Should().Be(ResolutionCodes.DependencyVersionMismatch);
        finding.Message.Should().Contain("1.4.2").And.Contain("[2.0,3.0)");
    }

    [TestCase("[1.4,2.0)")]
    [TestCase(">=1.4 <2")]
    [TestCase("^1.4")]
    public void A_version_inside_the_range_is_accepted(string range)
        => Order(Plugin("a", Needs("b", range)), Plugin("b", "1.4.2", [])).Should().Equal("b", "a");

    [Test]
    public void An_unreadable_range_is_a_finding()
        => Codes(Resolve(Plugin("a", Needs("b", "about two")), Plugin("b")), "a").Should().Equal(ResolutionCodes.VersionRangeInvalid);

    [Test]
    public void Whoever_needs_a_waiting_plugin_waits_too()
    {
        var resolution = Resolve(Plugin("a", Needs("b")), Plugin("b", Needs("c")), Plugin("c", Needs("gone")));

        resolution.Order.Should().BeEmpty();
        Codes(resolution, "c").Should().Equal(ResolutionCodes.DependencyMissing);
        Codes(resolution, "b").Should().Equal(ResolutionCodes.DependencyWaiting);
        Codes(resolution, "a").Should().Equal(ResolutionCodes.DependencyWaiting);
        resolution.Waiting["a"][0].Message.Should().Contain("'b'");
    }

    [Test]
    public void Every_reason_is_listed_not_the_first_alone()
    {
        var resolution = Resolve(
            Plugin("a", Needs("gone"), Needs("old", "[2.0,3.0)"), Needs("stuck")), Plugin("old"), Plugin("stuck", Needs("lost")));

        Codes(resolution, "a").Should().Equal(
            ResolutionCodes.DependencyMissing, ResolutionCodes.DependencyVersionMismatch, ResolutionCodes.DependencyWaiting);
    }

    [Test]
    public void A_circle_is_named_with_its_whole_path_by_each_member()
    {
        var resolution = Resolve(Plugin("a", Needs("b")), Plugin("b", Needs("c")), Plugin("c", Needs("a")), Plugin("d", Needs("a")), Plugin("e"));

        Names(resolution).Should().Equal("e");
        resolution.Cycles.Should().ContainSingle().Which.ToString().Should().Be("a -> b -> c -> a");
        foreach (var member in new[] { "a", "b", "c" })
            resolution.Waiting[member].Should().ContainSingle().Which.Message.Should().Contain("a -> b -> c -> a");
        Codes(resolution, "d").Should().Equal(ResolutionCodes.DependencyWaiting);
    }

    [Test]
    public void A_plugin_that_needs_itself_is_a_circle()
        => Resolve(Plugin("a", Needs("a"))).Cycles.Should().ContainSingle().Which.Path.Should().Equal("a", "a");

    [Test]
    public void Two_circles_through_one_plugin_are_both_named()
    {
        var resolution = Resolve(Plugin("hub", Needs("x"), Needs("y")), Plugin("x", Needs("hub")), Plugin("y", Needs("hub")));

        resolution.Cycles.Select(c => c.ToString()).Should().Equal("hub -> x -> hub", "y -> hub -> y");
    }

    [Test]
    public void A_knot_of_many_circles_is_named_in_bounds_and_every_member_waits_with_a_finding()
    {
        var spokes = Enumerable.Range(0, 100).Select(i => $"s{i:000}").ToArray();
        var resolution = Resolve([Plugin("hub", [.. spokes.Select(s => Needs(s))]), .. spokes.Select(s => Plugin(s, Needs("hub")))]);

        resolution.Cycles.Should().HaveCount(DependencyCycles.MaxPerKnot);
        resolution.Waiting.Should().HaveCount(101);
        spokes.Should().OnlyContain(s => resolution.Waiting[s][0].Code == ResolutionCodes.DependencyCycle);
    }

    [Test]
    public void An_optional_dependency_orders_but_never_blocks()
    {
        Order(Plugin("a", CanUse("z")), Plugin("z")).Should().Equal("z", "a");
        Order(Plugin("a", CanUse("gone"))).Should().Equal("a");
        Order(Plugin("a", CanUse("stuck")), Plugin("stuck", Needs("gone"))).Should().Equal("a");
    }

    [Test]
    public void An_optional_dependency_of_the_wrong_version_is_a_warning()
    {
        var resolution = Resolve(Plugin("a", CanUse("z", "[2.0,3.0)")), Plugin("z"));

        Names(resolution).Should().Equal("a", "z");
        resolution.Warnings["a"].Should().ContainSingle().Which.Code.Should().Be(ResolutionCodes.OptionalVersionMismatch);
    }

    [Test]
    public void A_circle_through_an_optional_dependency_runs_in_the_needed_order()
    {
        var resolution = Resolve(Plugin("a", CanUse("b")), Plugin("b", Needs("a")), Plugin("c", CanUse("d")), Plugin("d"));

        Names(resolution).Should().Equal("a", "b", "d", "c");
        resolution.Cycles.Should().BeEmpty();
        resolution.Warnings.Keys.Should().Equal("a");
        resolution.Warnings["a"][0].Code.Should().Be(ResolutionCodes.OptionalCycle);
    }

    [Test]
    public void A_chain_of_five_thousand_plugins_resolves_without_deep_stacks()
    {
        const int Count = 5_000;
        var chain = Enumerable.Range(0, Count).Select(i => i == Count - 1 ? Plugin($"p{i:0000}") : Plugin($"p{i:0000}", Needs($"p{i + 1:0000}")));

        var resolution = Resolve([.. chain]);

        Names(resolution).Should().Equal(Enumerable.Range(0, Count).Reverse().Select(i => $"p{i:0000}"));
    }

    [Test]
    public void A_circle_of_five_thousand_plugins_is_one_circle()
    {
        const int Count = 5_000;
        var resolution = Resolve([.. Enumerable.Range(0, Count).Select(i => Plugin($"p{i:0000}", Needs($"p{(i + 1) % Count:0000}")))]);

        resolution.Cycles.Should().ContainSingle().Which.Path.Should().HaveCount(Count + 1);
        resolution.Waiting.Should().HaveCount(Count);
    }

    [Test]
    public void A_broken_end_makes_a_chain_of_five_thousand_wait()
    {
        const int Count = 5_000;
        var resolution = Resolve([.. Enumerable.Range(0, Count).Select(i => Plugin($"p{i:0000}", Needs($"p{i + 1:0000}")))]);

        resolution.Order.Should().BeEmpty();
        Codes(resolution, "p4999").Should().Equal(ResolutionCodes.DependencyMissing);
        Codes(resolution, "p0000").Should().Equal(ResolutionCodes.DependencyWaiting);
    }

    [Test]
    public void The_same_name_twice_is_a_bug_of_the_caller()
    {
        var act = () => Resolve(Plugin("a"), Plugin("a"));

        act.Should().Throw<ArgumentException>().WithMessage("*'a'*");
    }

    private static DependencyResolution Resolve(params IReadOnlyCollection<PluginDescriptor> plugins) => DependencyResolver.Resolve(plugins);

    private static string[] Order(params IReadOnlyCollection<PluginDescriptor> plugins) => Names(Resolve(plugins));

    private static string[] Names(DependencyResolution resolution) => [.. resolution.Order.Select(p => p.Name)];

    private static string[] Codes(DependencyResolution resolution, string plugin) => [.. resolution.Waiting[plugin].Select(f => f.Code)];
}
