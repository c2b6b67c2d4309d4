using CloudSage.PluginHost.Hosting;

namespace CloudSage.UnitTests.Hosting;

public sealed class PluginHostOptionsValidatorTests
{
    private static readonly TimeSpan Endless = Timeout.InfiniteTimeSpan;

    private static readonly (string Key, Action<PluginHostOptions, TimeSpan> Set, bool ZeroFits, bool EndlessFits)[] Times =
    [
        ("Discovery:SettleWindow", static (o, t) => o.Discovery.SettleWindow = t, false, false),
        ("Discovery:IncompleteGrace", static (o, t) => o.Discovery.IncompleteGrace = t, false, false),
        ("Discovery:RescanInterval", static (o, t) => o.Discovery.RescanInterval = t, false, false),
        ("Discovery:PollInterval", static (o, t) => o.Discovery.PollInterval = t, false, false),
        ("Activation:StartDeadline", static (o, t) => o.Activation.StartDeadline = t, false, true),
        ("Activation:HealthDeadline", static (o, t) => o.Activation.HealthDeadline = t, false, true),
        ("Activation:StopDeadline", static (o, t) => o.Activation.StopDeadline = t, false, false),
        ("Broker:CallDeadline", static (o, t) => o.Broker.CallDeadline = t, false, true),
        ("Broker:BreakDuration", static (o, t) => o.Broker.BreakDuration = t, false, false),
        ("Unloading:DrainDeadline", static (o, t) => o.Unloading.DrainDeadline = t, false, true),
        ("Unloading:CancelDeadline", static (o, t) => o.Unloading.CancelDeadline = t, false, false),
        ("Lifecycle:ShutdownDeadline", static (o, t) => o.Lifecycle.ShutdownDeadline = t, false, true),
        ("Lifecycle:RemovalGrace", static (o, t) => o.Lifecycle.RemovalGrace = t, true, false),
        ("StartupWait", static (o, t) => o.StartupWait = t, true, false),
        ("Services:Lease", static (o, t) => o.Services.Lease = t, false, false),
        ("Services:Deadline", static (o, t) => o.Services.Deadline = t, false, false),
    ];

    private static readonly (string Text, Action<PluginHostOptions> Set)[] Others =
    [
        ("PluginHost:Broker:FaultThreshold is 0, but must be at least 1.", static o => o.Broker.FaultThreshold = 0),
        ("PluginHost:Lifecycle:MaxParallelStarts is 0, but must be at least 1.", static o => o.Lifecycle.MaxParallelStarts = 0),
        ("PluginHost:Unloading:MaxCollections is 0, but must be at least 1.", static o => o.Unloading.MaxCollections = 0),
        ("PluginHost:Discovery:Directories holds an empty path.", static o => o.Discovery.Directories.Add(" ")),
        ("PluginHost:Staging:StoreDirectory must name a directory.", static o => o.Staging.StoreDirectory = ""),
        ("PluginHost:Activation:DataDirectory must name a directory.", static o => o.Activation.DataDirectory = ""),
        ("PluginHost:Lifecycle:StateDirectory must name a directory.", static o => o.Lifecycle.StateDirectory = ""),
        ("Forward<String>() needs an interface", static o => o.Forward<string>()),
        ("RecentRuns is -1", static o => o.Triggers.RecentRuns = -1),
    ];

    [Test]
    public void The_defaults_are_valid() => Failures(new PluginHostOptions()).Should().BeEmpty();

    [Test]
    public void Times_are_refused_that_are_negative_or_longer_than_a_timer_takes_and_zero_or_endless_where_that_makes_no_sense()
    {
        foreach (var (key, set, zeroFits, endlessFits) in Times)
        {
            Check(TimeSpan.FromSeconds(-1), false);
            Check(TimeSpan.Zero, zeroFits);
            Check(Endless, endlessFits);
            Check(TimeSpan.FromSeconds(1), true);
            Check(TimeSpan.FromDays(49), true);
            Check(TimeSpan.FromDays(50), false);

            void Check(TimeSpan value, bool fits)
            {
                var options = new PluginHostOptions();
                set(options, value);
                var failures = Failures(options);
                if (fits) failures.Should().BeEmpty("{0} may be {1}", key, value);
                else failures.Should().ContainSingle("{0} may not be {1}", key, value).Which.Should().StartWith($"PluginHost:{key} is {value}");
            }
        }
    }

    [Test]
    public void Everything_else_that_is_wrong_is_said_in_its_words()
    {
        foreach (var (text, set) in Others)
        {
            var options = new PluginHostOptions();
            set(options);
            Failures(options).Should().ContainSingle().Which.Should().Contain(text);
        }
    }

    [Test]
    public void A_lease_that_would_be_renewed_all_the_time_is_refused()
    {
        var options = new PluginHostOptions();
        options.Services.Lease = TimeSpan.FromMilliseconds(999);
        Failures(options).Should().Equal("PluginHost:Services:Lease is 00:00:00.9990000, but must be at least 00:00:01.");
    }

    [Test]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var options = new PluginHostOptions();
        foreach (var (_, set) in Others) set(options);
        foreach (var (_, set, _, _) in Times) set(options, TimeSpan.FromSeconds(-1));
        Failures(options).Should().HaveCount(Others.Length + Times.Length);
    }

    private static string[] Failures(PluginHostOptions options) => [.. new PluginHostOptionsValidator().Validate(null, options).Failures ?? []];
}
