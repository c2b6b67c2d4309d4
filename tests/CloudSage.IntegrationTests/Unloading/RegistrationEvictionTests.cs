using CloudSage.PluginHost.Unloading;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>
/// What code registers in the process and does not take back keeps it in memory, and the host's help frees it. Each case is a pair
/// in one: the code stays without help, leaves when help comes later, and leaves at once where help comes first.
/// </summary>
internal sealed class RegistrationEvictionTests
{
    [TestCaseSource(typeof(Registrations), nameof(Registrations.Cases))]
    [TestCaseSource(typeof(Registrations), nameof(Registrations.Timers))]
    [TestCaseSource(typeof(Registrations), nameof(Registrations.Places))]
    [TestCaseSource(typeof(PendingRegistrations), nameof(PendingRegistrations.Cases))]
    public async Task Stays_without_help_and_leaves_with_it(string cause, string run, string types)
    {
        using var help = new Help();
        using var watcher = new CounterWatcher();

        var stubborn = Visitor.Enter(run, types: types).Leave();
        Visitor.IsGone(stubborn, collections: 4).Should().BeFalse("nothing is to be proven where it leaves by itself");
        await GoneAsync(stubborn, help);

        var helped = Visitor.Enter(run, types: types).Leave(help.Eviction);
        await GoneAsync(helped, help);
        helped.Evicted.Should().ContainSingle(e => e.Cause == cause);
        helped.Findings.Should().BeEmpty();
        help.Logs.Entries.Should().NotContain(static l => l.EventId == 2010, "this runtime has every part that is looked at");
    }

    [TestCaseSource(typeof(Registrations), nameof(Registrations.Cases))]
    [TestCaseSource(typeof(Registrations), nameof(Registrations.Timers))]
    [TestCaseSource(typeof(Registrations), nameof(Registrations.Places))]
    [TestCaseSource(typeof(PendingRegistrations), nameof(PendingRegistrations.Cases))]
    public async Task Only_the_full_help_removes_registrations(string cause, string run, string types)
    {
        using var caches = new Help(UnloadAssistance.Caches);
        using var full = new Help();
        using var watcher = new CounterWatcher();

        var departure = Visitor.Enter(run, types: types).Leave(caches.Eviction);

        departure.Evicted.Should().NotContain(e => e.Cause == cause);
        await GoneAsync(departure, full);
    }

    /// <summary>As the host does it: help and a collection, until it is gone.</summary>
    private static Task GoneAsync(Departure departure, Help help) => Eventually.TrueAsync(
        () => Visitor.IsGone(departure, collections: 2, help.Eviction),
        "the visitor leaves memory",
        () => $"Removed were {string.Join(", ", departure.Evicted)}. {string.Join(" ", departure.Findings)}");
}
