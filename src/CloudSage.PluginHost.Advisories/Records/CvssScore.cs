namespace CloudSage.PluginHost.Advisories.Records;

/// <summary>The base score of a CVSS 3.0 or 3.1 vector, by section 7.1 and appendix A of the <see href="https://www.first.org/cvss/v3.1/specification-document">specification</see>.</summary>
internal static class CvssScore
{
    /// <summary>The score from 0 to 10; null where the text is no such vector or lacks a base metric.</summary>
    public static double? BaseScore(string vector)
    {
        if (!vector.StartsWith("CVSS:3.", StringComparison.Ordinal)) return null;
        var metrics = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in vector.Split('/', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            if (part.Split(':') is not [var name, var value]) return null;
            metrics[name] = value;
        }

        var changed = metrics.GetValueOrDefault("S") switch { "C" => true, "U" => (bool?)false, _ => null };
        var exploitability = Product(
            Weight(metrics, "AV", ("N", 0.85), ("A", 0.62), ("L", 0.55), ("P", 0.2)),
            Weight(metrics, "AC", ("L", 0.77), ("H", 0.44)),
            Weight(metrics, "PR", ("N", 0.85), ("L", changed == true ? 0.68 : 0.62), ("H", changed == true ? 0.5 : 0.27)),
            Weight(metrics, "UI", ("N", 0.85), ("R", 0.62)));
        var remaining = Product(Remaining(metrics, "C"), Remaining(metrics, "I"), Remaining(metrics, "A"));
        if (changed is null || exploitability is null || remaining is null) return null;

        var subscore = 1 - remaining.Value;
        var impact = changed.Value ? 7.52 * (subscore - 0.029) - 3.25 * Math.Pow(subscore - 0.02, 15) : 6.42 * subscore;
        if (impact <= 0) return 0;
        var sum = impact + 8.22 * exploitability.Value;
        return RoundUp(Math.Min(changed.Value ? 1.08 * sum : sum, 10));
    }

    private static double? Remaining(Dictionary<string, string> metrics, string name) => 1 - Weight(metrics, name, ("H", 0.56), ("L", 0.22), ("N", 0));

    private static double? Weight(Dictionary<string, string> metrics, string name, params ReadOnlySpan<(string Value, double Weight)> weights)
    {
        foreach (var (value, weight) in weights)
        {
            if (metrics.GetValueOrDefault(name) == value) return weight;
        }

        return null;
    }

    private static double? Product(params ReadOnlySpan<double?> factors)
    {
        double? product = 1;
        foreach (var factor in factors) product *= factor;
        return product;
    }

    /// <summary>The least number with one digit behind the point that is not below, computed in whole numbers as appendix A wants it.</summary>
    private static double RoundUp(double value)
    {
        var whole = (int)Math.Round(value * 100_000);
        return whole % 10_000 == 0 ? whole / 100_000.0 : (Math.Floor(whole / 10_000.0) + 1) / 10.0;
    }
}
