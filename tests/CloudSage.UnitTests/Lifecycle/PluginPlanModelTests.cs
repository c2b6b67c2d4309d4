using CloudSage.PluginHost.Lifecycle;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Resolution;
using CloudSage.PluginHost.Verification;

namespace CloudSage.UnitTests.Lifecycle;

/// <summary>
/// Drives the plan against folders that change at random, with operations that end in any order and starts that fail: it must come to rest,
/// and where it rests everything must be as the folders and the operator want it.
/// </summary>
public sealed class PluginPlanModelTests
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f"];

    [Test]
    public void Whatever_changes_the_plan_comes_to_rest_where_it_should([Range(1, 60)] int seed)
    {
        var model = new Model(new Random(seed));
        for (var change = 0; change < 60; change++)
        {
            model.Change();
            // Mostly the next change comes while operations are still running.
            if (model.Random.Next(3) == 0) model.Rest();
            else model.Run(model.Random.Next(4));
        }

        model.Rest();
        model.Live.Hold(Names);
        model.Rest();
        model.Live.Instances.Values.Should().OnlyContain(static i => i.Running == null, "at the stop everything goes");
    }

    private sealed class Model(Random random)
    {
        private readonly HashSet<string> _bad = [];
        private readonly Dictionary<string, PluginDescriptor> _starting = [];

        public Random Random => random;

        public Live Live { get; } = new();

        public void Change()
        {
            var name = Names[random.Next(Names.Length)];
            if (random.Next(4) == 0)
            {
                if (!Live.Held.Remove(name)) Live.Held.Add(name);
                return;
            }

            Live.Available.RemoveAll(p => p.Name == name);
            if (random.Next(4) == 0) return;
            var needs = Names.Where(n => n != name && random.Next(4) == 0).Select(n => new ManifestDependency(n, random.Next(3) == 0 ? ">=2.0" : null, random.Next(2) == 0));
            var version = FakeRunning.Version(name, $"{random.Next(1, 4)}.0.0", $"{name}-{random.Next()}", [.. needs]);
            Live.Available.Add(version);
            if (random.Next(4) == 0) _bad.Add(version.Hash);
        }

        public void Rest()
        {
            Run(null);
            var plan = Live.Plan;
            var order = DependencyResolver.Resolve([.. DuplicateSelection.Select(Live.Available).Chosen.Where(p => !Live.Held.Contains(p.Name))]).Order;
            foreach (var instance in Live.Instances.Values.Where(static i => i.Running is not null))
                order.Should().Contain(p => p.Name == instance.Name, "what is not wanted does not run");
            foreach (var wanted in order)
            {
                var instance = Live.Instances.GetValueOrDefault(wanted.Name);
                var served = instance?.Running?.Descriptor.Hash == wanted.Hash;
                var failed = instance?.Failure?.Hash == wanted.Hash;
                (served || failed || plan.Waiting.ContainsKey(wanted.Name)).Should().BeTrue("{0} is wanted, so it serves, has failed, or says what it waits for", wanted.Name);
            }
        }

        public void Run(int? steps)
        {
            for (var step = 0; step != steps; step++)
            {
                step.Should().BeLessThan(500, "the plan must come to rest");
                Begin(Live.Plan);
                var busy = Live.Instances.Values.Where(static i => i.Operation != PluginOperation.None).ToArray();
                if (busy.Length == 0) return;
                End(busy[random.Next(busy.Length)]);
            }
        }

        private void Begin(PluginPlan plan)
        {
            plan.Start.Select(static p => p.Name).Should().NotIntersectWith(plan.Retire);
            foreach (var version in plan.Start)
            {
                var instance = Live.Of(version.Name);
                instance.Operation.Should().Be(PluginOperation.None, "operations on one plugin are serial");
                instance.Running?.Descriptor.Hash.Should().NotBe(version.Hash);
                instance.Failure?.Hash.Should().NotBe(version.Hash, "what failed is not tried again");
                Live.Held.Should().NotContain(version.Name);
                foreach (var needed in version.Manifest.Dependencies.Where(static d => !d.Optional))
                    Live.Of(needed.Name).Running.Should().NotBeNull("{0} is started when {1} serves", version.Name, needed.Name);
            }

            foreach (var version in plan.Start) (Live.Of(version.Name).Operation, _starting[version.Name]) = (PluginOperation.Starting, version);
            foreach (var name in plan.Retire)
            {
                Live.Of(name).Operation.Should().Be(PluginOperation.None, "operations on one plugin are serial");
                Live.Of(name).Operation = PluginOperation.Retiring;
            }
        }

        private void End(PluginInstance instance)
        {
            if (instance.Operation == PluginOperation.Retiring)
            {
                instance.ServeNothing();
                return;
            }

            var replacing = instance.Operation == PluginOperation.Replacing;
            instance.Operation = PluginOperation.None;
            if (replacing) return;
            var (version, old) = (_starting[instance.Name], instance.Running);
            if (_bad.Contains(version.Hash))
            {
                Live.Failed(version);
                return;
            }

            Live.Serving(version);
            if (old is not null) instance.Operation = PluginOperation.Replacing;
        }
    }
}
