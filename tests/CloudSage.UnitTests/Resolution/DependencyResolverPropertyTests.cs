using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;
using static CloudSage.UnitTests.Resolution.Descriptors;

namespace CloudSage.UnitTests.Resolution;

/// <summary>Random graphs, each reproducible by its seed, against a reference that is slow and plain.</summary>
public sealed class DependencyResolverPropertyTests
{
    private const int Graphs = 600;

    [Test]
    public void Random_graphs_resolve_as_the_plain_reference_does([Range(1, 4)] int density)
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var plugins = RandomPlugins(new Random(seed * 10 + density), density);
            var resolution = DependencyResolver.Resolve(plugins);
            var because = $"seed {seed}, density {density}";

            var reference = new PlainResolution(plugins);
            resolution.Order.Select(p => p.Name).Should().Equal(reference.Order(), because);
            resolution.Waiting.Keys.Should().BeEquivalentTo(plugins.Select(p => p.Name).Except(reference.Ready), because);
            resolution.Waiting.Values.All(findings => findings.Count > 0).Should().BeTrue(because);
            resolution.Cycles.SelectMany(c => c.Path).Distinct().Should().BeEquivalentTo(reference.Circular(), because);
            foreach (var cycle in resolution.Cycles)
            {
                cycle.Path.Zip(cycle.Path.Skip(1)).All(step => reference.Needs(step.First, step.Second)).Should().BeTrue(because);
                cycle.Path[0].Should().Be(cycle.Path[^1], because);
                cycle.Path.Skip(1).Should().OnlyHaveUniqueItems(because);
            }
        }
    }

    [Test]
    public void The_order_of_the_input_does_not_matter()
    {
        for (var seed = 0; seed < Graphs; seed++)
        {
            var random = new Random(seed);
            var plugins = RandomPlugins(random, 2);
            var shuffled = plugins.ToArray();
            random.Shuffle(shuffled);

            Text(DependencyResolver.Resolve(shuffled)).Should().Be(Text(DependencyResolver.Resolve(plugins)), $"seed {seed}");
        }
    }

    private static PluginDescriptor[] RandomPlugins(Random random, int density)
    {
        string?[] ranges = [null, null, "[1.0,2.0)", "[1.0,3.0)", "[2.0,3.0)"];
        var count = random.Next(1, 9);
        return [.. Enumerable.Range(0, count).Select(i => Plugin($"p{i}", random.Next(6) == 0 ? "2.1.0" : "1.2.3", Dependencies()))];

        ManifestDependency[] Dependencies()
            => [.. Enumerable.Range(0, random.Next(density + 1)).Select(_ => new ManifestDependency(
                $"p{(random.Next(20) == 0 ? 99 : random.Next(count))}", ranges[random.Next(ranges.Length)], random.Next(3) == 0))];
    }

    private static string Text(DependencyResolution resolution) => string.Join(
        "\n",
        resolution.Order.Select(p => p.Name)
            .Concat(resolution.Cycles.Select(c => c.ToString()))
            .Concat(resolution.Waiting.SelectMany(w => w.Value.Select(f => $"{w.Key}: {f}")))
            .Concat(resolution.Warnings.SelectMany(w => w.Value.Select(f => $"{w.Key}: {f}"))));
}
