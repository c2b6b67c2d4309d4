using System.Text;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.UnitTests.Manifests;

namespace CloudSage.UnitTests.Fuzzing;

/// <summary>Thousands of damaged manifests.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ManifestFuzzTests
{
    [TestCase(20240601, 1_000)]
    [TestCase(1234567, 1_000)]
    [Description("Bad inputs 1 to 9")]
    [CancelAfter(60_000)]
    public void Mutated_manifests_are_read_or_refused_with_a_reason(int seed, int mutants, CancellationToken deadline)
    {
        byte[][] sound = [.. ManifestCorpus.Good.Select(Encoding.UTF8.GetBytes)];
        var reader = new ManifestReader();
        var tally = new FuzzTally(seed);
        for (var index = 0; index < mutants; index++)
        {
            deadline.ThrowIfCancellationRequested();
            var random = tally.RandomFor(index);
            var mutant = Mutate(sound[random.Next(sound.Length)], sound[random.Next(sound.Length)], random);
            try
            {
                var result = reader.Read(mutant, "manifest.yaml");
                tally.Count(result.Value is not null, result.Findings, index);
            }
            catch (Exception e) when (e is not AssertionException)
            {
                // Whatever escapes is the defect that is looked for.
                Assert.Fail($"{tally.Name(index)} was not handled: {e}{Environment.NewLine}{Convert.ToBase64String(mutant)}");
            }
        }

        TestContext.Out.WriteLine(tally);
        tally.Of(FuzzTally.Accepted).Should().BeInRange(mutants / 50, mutants * 3 / 4, "harmless damage is none, and harmful must be met: {0}", tally);
        (mutants - tally.Of(ManifestCodes.NotYaml)).Should().BeGreaterThan(mutants / 3, "a good share must get past the parser: {0}", tally);
        tally.Outcomes.Should().BeGreaterThan(10, "each rule guards something else: {0}", tally);
    }

    private static byte[] Mutate(byte[] original, byte[] other, Random random) => random.Next(4) switch
    {
        0 => [.. original[..random.Next(1, original.Length)], .. other[random.Next(other.Length)..]],
        1 => Flip((byte[])original.Clone(), random),
        _ => Mutation.Of(original, random),
    };

    private static byte[] Flip(byte[] bytes, Random random)
    {
        for (var change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return bytes;
    }
}
