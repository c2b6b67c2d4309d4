using CloudSage.PluginHost.Unloading;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>
/// What code registers in the process and does not take back keeps it in memory, and the host's help frees it. Each case is a pair
/// in one: the code stays without help, leaves when help comes later, and leaves at once where help comes first.
/// </summary>
internal sealed class RegistrationEvictionTests
{
    [TestCaseSource(typeof(Registrations), nameof(Registrations.Cases))]
    public void Stays_without_help_and_leaves_with_it(string cause, string run, string types)
    {
        using var help = new Help();

        var stubborn = Visitor.Enter(run, types: types).Leave();
        Visitor.IsGone(stubborn, collections: 4).Should().BeFalse("nothing is to be proven where it leaves by itself");
        help.Eviction.RunAgain(stubborn);
        Visitor.IsGone(stubborn).Should().BeTrue("help that comes late frees it");

        var helped = Visitor.Enter(run, types: types).Leave(help.Eviction);
        Visitor.IsGone(helped).Should().BeTrue();
        helped.Evicted.Should().ContainSingle(e => e.Cause == cause);
        helped.Findings.Should().BeEmpty();
    }

    [TestCaseSource(typeof(Registrations), nameof(Registrations.Cases))]
    public void Only_the_full_help_removes_registrations(string cause, string run, string types)
    {
        using var caches = new Help(UnloadAssistance.Caches);
        using var full = new Help();

        var departure = Visitor.Enter(run, types: types).Leave(caches.Eviction);

        departure.Evicted.Should().NotContain(e => e.Cause == cause);
        full.Eviction.RunAgain(departure);
        Visitor.IsGone(departure).Should().BeTrue();
    }
}
