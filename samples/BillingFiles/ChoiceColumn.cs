namespace CloudSage.Samples.BillingFiles;

/// <summary>A column with few allowed values, written in any case.</summary>
public sealed class ChoiceColumn<T> : BillingColumn where T : struct
{
    private readonly IReadOnlyList<(string Text, T Value)> _choices;
    private readonly RecentValues<T?> _values;

    internal ChoiceColumn(BillingTable table, string name, IReadOnlyList<(string Text, T Value)> choices) : base(table, name)
    {
        _choices = choices;
        _values = new RecentValues<T?>(Find);
    }

    /// <summary>The current row's value; null with a finding where it is not one of those allowed.</summary>
    public T? Value
    {
        get
        {
            var text = Span;
            if (text.IsEmpty) return null;
            var value = _values.Get(text);
            if (value is null)
                Report(FindingCodes.UnknownValue, $"{Quote(text)} is none of {string.Join(", ", _choices.Select(choice => choice.Text))}; it was read as null.");
            return value;
        }
    }

    private T? Find(string text)
    {
        foreach (var choice in _choices)
            if (choice.Text.Equals(text, StringComparison.OrdinalIgnoreCase)) return choice.Value;
        return null;
    }
}
