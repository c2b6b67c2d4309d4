using System.Collections;
using System.Diagnostics.CodeAnalysis;
using CloudSage.Analysis.Boundary;
using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Optimization;

namespace CloudSage.UnitTests.Analysis;

public sealed class DetachmentTests
{
    [Test]
    public void Detached_Alert_HoldsCollectionsOfTheHostWithTheSameContent()
    {
        var alert = new Alert
        {
            AlertId = "1", Type = AlertType.Custom, Severity = AlertSeverity.Info, DedupKey = "k", Title = "t", OccurredAt = DateTimeOffset.UnixEpoch,
            Details = new PluginDictionary(("a", "1")), Links = [new Uri("https://example.org/x")],
        };

        var copy = new CostAnalysisHookResult { Alerts = [alert] }.Detached().Alerts.Single();

        copy.Details.Should().BeOfType<Dictionary<string, string>>().And.BeEquivalentTo(new Dictionary<string, string> { ["a"] = "1" });
        copy.Links.Should().Equal(alert.Links);
        copy.Links[0].Should().NotBeSameAs(alert.Links[0]);
    }

    [Test]
    public void Detached_Recommendation_HoldsAttributesOfTheHost()
    {
        var recommendation = new OptimizationRecommendation
        {
            RecommendationId = "1", ResourceId = "r", ResourceType = "ec2", Action = OptimizationAction.Rightsize,
            Current = new ResourceConfiguration("a") { Attributes = new PluginDictionary(("x", "1")) },
            Recommended = new ResourceConfiguration("b") { Attributes = new PluginDictionary(("x", "2")) },
        };

        var copy = recommendation.Detached();

        copy.Current.Attributes.Should().BeOfType<Dictionary<string, string>>();
        copy.Recommended!.Attributes.Should().BeOfType<Dictionary<string, string>>().Which["x"].Should().Be("2");
    }

    [Test]
    public void Detached_Null_IsRefusedInWords()
    {
        var act = () => ((Alert?)null).Detached();

        act.Should().Throw<InvalidOperationException>().WithMessage("*null*");
    }

    private sealed class PluginDictionary(params (string Key, string Value)[] pairs) : IReadOnlyDictionary<string, string>
    {
        private readonly Dictionary<string, string> _inner = pairs.ToDictionary(p => p.Key, p => p.Value);

        public string this[string key] => _inner[key];

        public IEnumerable<string> Keys => _inner.Keys;

        public IEnumerable<string> Values => _inner.Values;

        public int Count => _inner.Count;

        public bool ContainsKey(string key) => _inner.ContainsKey(key);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _inner.GetEnumerator();

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => _inner.TryGetValue(key, out value);

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
