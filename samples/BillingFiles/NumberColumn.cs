using System.Globalization;

namespace CloudSage.Samples.BillingFiles;

/// <summary>A column of exact numbers, with or without an exponent, in the invariant culture.</summary>
public sealed class NumberColumn : BillingColumn
{
    internal NumberColumn(BillingTable table, string name) : base(table, name) { }

    /// <summary>The current row's value; null with a finding where it cannot be read.</summary>
    public decimal? Value
    {
        get
        {
            var text = Span;
            if (text.IsEmpty) return null;
            if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                Report(FindingCodes.InvalidNumber, $"{Quote(text)} is not a number that a decimal can hold; it was read as null.");
                return null;
            }
            // 1E-40 is read as 0 without a word.
            if (number == 0 && Mantissa(text).ContainsAnyInRange('1', '9'))
                Report(FindingCodes.RoundedNumber, $"{Quote(text)} is too close to 0 for a decimal; it was read as 0.");
            return number;
        }
    }

    private static ReadOnlySpan<char> Mantissa(ReadOnlySpan<char> text) => text.IndexOfAny('e', 'E') is var exponent and >= 0 ? text[..exponent] : text;
}
