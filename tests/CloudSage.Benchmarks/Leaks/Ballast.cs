namespace CloudSage.Benchmarks.Leaks;

/// <summary>A managed heap as an application has it: many small objects that refer to each other, and the tables that find them.</summary>
internal sealed class Ballast
{
    private const int PerCost = 200;

    private readonly Dictionary<string, List<Cost>> _costs = new(StringComparer.Ordinal);

    private Ballast()
    {
    }

    /// <summary>How many objects it holds, about.</summary>
    public int Count => _costs.Sum(static c => 3 + 2 * c.Value.Count);

    /// <summary>Takes so much memory, about.</summary>
    public static Ballast Of(long bytes)
    {
        var ballast = new Ballast();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; GC.GetTotalMemory(forceFullCollection: false) - before < bytes; number++)
            ballast._costs[$"account-{number}"] = [.. Enumerable.Range(0, PerCost).Select(i => new Cost($"resource-{number}-{i}", i, DateTime.UnixEpoch.AddDays(i)))];
        return ballast;
    }

    private sealed record Cost(string Resource, decimal Amount, DateTime Day);
}
