using CloudSage.PluginHost;
using CloudSage.PluginHost.Lifecycle;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Lifecycle;

[CancelAfter(20_000)]
public sealed class PluginEventHubTests
{
    private PluginEventHub _hub = null!;

    [SetUp]
    public void SetUp() => _hub = new PluginEventHub(new FakeTimeProvider());

    [Test]
    public async Task Every_subscriber_gets_every_event_from_its_subscription_on(CancellationToken test)
    {
        Publish("before");
        await using var first = _hub.Subscribe(test).GetAsyncEnumerator(test);
        Publish("a");
        await using var second = _hub.Subscribe(test).GetAsyncEnumerator(test);
        Publish("b");
        (await Next(first), await Next(first), await Next(second)).Should().Be(("a 2", "b 3", "b 3"));
    }

    [Test]
    public async Task A_slow_subscriber_loses_its_oldest_events_and_the_numbers_show_it(CancellationToken test)
    {
        await using var slow = _hub.Subscribe(test).GetAsyncEnumerator(test);
        for (var i = 0; i < 1_030; i++) Publish("x");
        (await Next(slow)).Should().Be("x 7", "6 of 1,030 are lost where 1,024 wait");
        (await Next(slow)).Should().Be("x 8");
    }

    [Test]
    public async Task A_subscription_ends_with_its_reader_and_with_its_token_even_if_it_was_never_read(CancellationToken test)
    {
        using var cancel = new CancellationTokenSource();
        _ = _hub.Subscribe(cancel.Token);
        var read = _hub.Subscribe(cancel.Token).GetAsyncEnumerator(test);
        var left = _hub.Subscribe(test).GetAsyncEnumerator(test);
        Publish("a");
        await Next(left);
        await left.DisposeAsync();
        _hub.Subscribers.Should().Be(2);
        var waiting = read.MoveNextAsync().AsTask();
        (await waiting).Should().BeTrue();
        waiting = read.MoveNextAsync().AsTask();
        await cancel.CancelAsync();
        await FluentActions.Awaiting(() => waiting).Should().ThrowAsync<OperationCanceledException>();
        _hub.Subscribers.Should().Be(0);
    }

    private void Publish(string plugin) => _hub.Publish(PluginEventKind.Added, plugin, "1.0.0", PluginState.Active, "added");

    private static async Task<string> Next(IAsyncEnumerator<PluginEvent> events)
    {
        (await events.MoveNextAsync()).Should().BeTrue();
        return $"{events.Current.Plugin} {events.Current.Sequence}";
    }
}
