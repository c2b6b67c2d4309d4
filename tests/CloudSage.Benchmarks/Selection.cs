using System.Globalization;

namespace CloudSage.Benchmarks;

/// <summary>What the command line asks for.</summary>
/// <param name="Names">The benchmarks; none for all.</param>
/// <param name="Quick">Few rounds.</param>
/// <param name="Cycles">How many upgrades <c>soak</c> makes; null for its own number.</param>
internal sealed record Selection(IReadOnlySet<string> Names, bool Quick, int? Cycles)
{
    /// <summary>Null where an option is not known.</summary>
    public static Selection? Of(string[] args)
    {
        var (names, quick, cycles) = (new HashSet<string>(StringComparer.Ordinal), false, (int?)null);
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quick") quick = true;
            else if (args[i] == "--cycles" && i + 1 < args.Length && int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0) cycles = number;
            else if (args[i].StartsWith('-')) return null;
            else names.Add(args[i]);
        }

        return new Selection(names, quick, cycles);
    }
}
