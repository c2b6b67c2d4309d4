using CloudSage.PluginHost;

namespace CloudSage.UnitTests.Fuzzing;

/// <summary>What became of the mutants of one run: how many were accepted, and how many were refused by which code.</summary>
internal sealed class FuzzTally(int seed)
{
    public const string Accepted = "accepted";

    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>A generator of the mutant's own, so that one mutant can be made again without those before it.</summary>
    public Random RandomFor(int index) => new(HashCode(seed, index));

    /// <summary>The mutant, for the messages of failures.</summary>
    public string Name(int index) => $"mutant {index} of seed {seed}";

    /// <summary>Counts a mutant once under each code that refused it.</summary>
    public void Count(bool accepted, IReadOnlyList<Finding> findings, int index)
    {
        string[] errors = [.. findings.Where(static f => f.Severity == FindingSeverity.Error).Select(static f => f.Code).Distinct()];
        accepted.Should().Be(errors.Length == 0, "{0} must say why it was refused", Name(index));
        findings.Where(static f => f.Remedy.Length == 0 || f.Message.Any(char.IsControl)).Should().BeEmpty("{0} must be told of in words that can be printed", Name(index));
        foreach (var outcome in accepted ? [Accepted] : errors) _counts[outcome] = Of(outcome) + 1;
    }

    public int Of(string outcome) => _counts.GetValueOrDefault(outcome);

    /// <summary>How many outcomes there were.</summary>
    public int Outcomes => _counts.Count;

    public override string ToString() => $"seed {seed}: " + string.Join(", ", _counts.Select(static c => $"{c.Key} {c.Value}"));

    /// <summary>The same on every run and every machine.</summary>
    private static int HashCode(int seed, int index) => unchecked((seed * 397) ^ (index * 7919));
}
