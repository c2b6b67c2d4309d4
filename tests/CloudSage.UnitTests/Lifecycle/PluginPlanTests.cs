using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Verification;
using static CloudSage.UnitTests.Lifecycle.FakeRunning;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Lifecycle;

internal sealed class PluginPlanTests
{
    private readonly PluginDescriptor _a = Version("a");
    private readonly PluginDescriptor _a2 = Version("a", "2.0.0");
    private readonly PluginDescriptor _b = Version("b", needs: Needs("a"));

    [Test]
    public void What_is_new_is_started() => Starts(new Live().With(_a)).Should().Equal("a-1.0.0");

    [Test]
    public void What_runs_is_left_alone()
    {
        var live = new Live().With(_a).Serving(_a);
        Starts(live).Should().BeEmpty();
        live.Plan.Retire.Should().BeEmpty();
    }

    [Test]
    public void Other_content_of_the_same_version_is_an_upgrade()
        => Starts(new Live().With(Version("a", hash: "other")).Serving(_a)).Should().Equal("other");

    [Test]
    public void An_older_version_in_place_of_the_newer_is_taken_too()
        => Starts(new Live().With(_a).Serving(_a2)).Should().Equal("a-1.0.0");

    [Test]
    public void Of_two_candidates_of_one_name_the_higher_version_is_started_and_the_other_is_shadowed()
    {
        var plan = new Live().With(_a, _a2).Plan;
        plan.Start.Select(static p => p.Hash).Should().Equal("a-2.0.0");
        plan.Warnings.Should().ContainSingle().Which.Finding.Code.Should().Be("CSG1408");
    }

    [TestCase(PluginOperation.Starting)]
    [TestCase(PluginOperation.Replacing)]
    [TestCase(PluginOperation.Retiring)]
    public void While_something_is_done_with_a_plugin_nothing_else_is(PluginOperation operation)
    {
        Starts(new Live().With(_a2).Serving(_a).Doing("a", operation)).Should().BeEmpty();
        new Live().Serving(_a).Doing("a", operation).Plan.Retire.Should().BeEmpty();
    }

    [Test]
    public void Content_that_failed_is_not_tried_again_until_it_changes()
    {
        Starts(new Live().With(_a2).Serving(_a).Failed(_a2)).Should().BeEmpty();
        Starts(new Live().With(Version("a", "2.0.0", "mended")).Serving(_a).Failed(_a2)).Should().Equal("mended");
    }

    [Test]
    public void What_is_gone_or_held_is_retired()
    {
        new Live().Serving(_a).Plan.Retire.Should().Equal("a");
        var held = new Live().With(_a).Serving(_a).Hold("a").Plan;
        held.Retire.Should().Equal("a");
        held.Start.Should().BeEmpty();
        held.Chosen.Should().ContainKey("a", "what is held is still known");
    }

    [Test]
    public void A_plugin_starts_after_what_it_needs_and_leaves_before_it()
    {
        Starts(new Live().With(_a, _b)).Should().Equal("a-1.0.0");
        Starts(new Live().With(_a, _b).Doing("a", PluginOperation.Starting)).Should().BeEmpty();
        Starts(new Live().With(_a, _b).Serving(_a)).Should().Equal("b-1.0.0");
        new Live().Serving(_a, _b).Plan.Retire.Should().Equal("b");
        new Live().Serving(_a, _b).Doing("b", PluginOperation.Retiring).Plan.Retire.Should().BeEmpty();
    }

    [Test]
    public void What_needs_a_plugin_that_goes_waits_and_is_retired_first()
    {
        var plan = new Live().With(_a, _b).Serving(_a, _b).Hold("a").Plan;
        plan.Retire.Should().Equal("b");
        plan.Waiting["b"].Should().ContainSingle().Which.Code.Should().Be("CSG1401");
    }

    [Test]
    public void What_needs_a_plugin_that_failed_waits_and_says_so()
    {
        var plan = new Live().With(_a, _b).Failed(_a).Plan;
        plan.Start.Should().BeEmpty();
        plan.Waiting["b"].Should().ContainSingle().Which.Code.Should().Be("CSG1404");
    }

    [Test]
    public void A_plugin_is_not_started_on_an_old_version_that_it_does_not_want()
    {
        var picky = Version("b", needs: Needs("a", ">=2.0"));
        Starts(new Live().With(_a2, picky).Serving(_a)).Should().Equal("a-2.0.0");
        var failed = new Live().With(_a2, picky).Serving(_a).Failed(_a2).Plan;
        failed.Start.Should().BeEmpty();
        failed.Waiting.Should().ContainKey("b");
    }

    [Test]
    public void An_optional_plugin_is_waited_for_while_it_is_about_to_serve()
    {
        var b = Version("b", needs: CanUse("a"));
        Starts(new Live().With(_a, b)).Should().Equal("a-1.0.0");
        Starts(new Live().With(_a, b).Failed(_a)).Should().Equal("b-1.0.0");
        Starts(new Live().With(_a, b).Hold("a")).Should().Equal("b-1.0.0");
        Starts(new Live().With(b)).Should().Equal("b-1.0.0");
    }

    [Test]
    public void An_optional_plugin_that_will_never_serve_is_not_waited_for()
    {
        var c = Version("c", needs: CanUse("b"));
        Starts(new Live().With(_a, _b, c).Failed(_a)).Should().Equal("c-1.0.0");
    }

    [Test]
    public void Optional_plugins_in_a_circle_do_not_wait_for_each_other_for_ever()
    {
        var (x, y) = (Version("x", needs: CanUse("y")), Version("y", needs: CanUse("x")));
        Starts(new Live().With(x, y)).Should().Equal("x-1.0.0");
        Starts(new Live().With(x, y).Serving(x)).Should().Equal("y-1.0.0");
    }

    [Test]
    public void A_held_plugin_goes_though_an_old_version_whose_successor_failed_needs_it()
    {
        var free = Version("b", "2.0.0");
        new Live().With(_a, free).Serving(_a, _b).Hold("a").Plan.Retire.Should().BeEmpty("the successor that does not need it is on its way");
        new Live().With(_a, free).Serving(_a, _b).Failed(free).Hold("a").Plan.Retire.Should().Equal("a");
    }

    [Test]
    public void Old_versions_that_need_each_other_can_still_be_retired()
    {
        var a2 = Version("a", "2.0.0", needs: Needs("b"));
        new Live().Serving(a2, _b).Plan.Retire.Should().Equal("a");
        new Live().Serving(_b).Plan.Retire.Should().Equal("b");
    }

    [Test]
    public void At_the_stop_everything_is_held_and_leaves_dependents_first()
    {
        var live = new Live().With(_a, _b, Version("c", needs: Needs("b"))).Hold("a", "b", "c").Serving(_a, _b, Version("c", needs: Needs("b")));
        live.Plan.Retire.Should().Equal("c");
        live.Of("c").ServeNothing();
        live.Plan.Retire.Should().Equal("b");
        live.Of("b").ServeNothing();
        live.Plan.Retire.Should().Equal("a");
    }

    private static IEnumerable<string> Starts(Live live) => live.Plan.Start.Select(static p => p.Hash);
}
