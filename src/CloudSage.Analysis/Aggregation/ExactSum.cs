namespace CloudSage.Analysis.Aggregation;

/// <summary>Adds decimals and notices when a sum needs more than their 28 digits, where the runtime rounds without a word.</summary>
internal static class ExactSum
{
    // The most precise 1: dividing by it drops the trailing zeros of a decimal.
    private const decimal One = 1.0000000000000000000000000000m;

    /// <exception cref="OverflowException">The sum is beyond what a decimal can hold.</exception>
    public static decimal Add(decimal left, decimal right, ref bool rounded)
    {
        var sum = left + right;
        if (sum.Scale >= Math.Max(left.Scale, right.Scale)) return sum;

        // Digits were dropped. Those may have been trailing zeros, which carry nothing.
        var (a, b) = (left / One, right / One);
        sum = a + b;
        rounded |= sum.Scale < Math.Max(a.Scale, b.Scale);
        return sum;
    }
}
