using System.Globalization;
using System.Text;

namespace CloudSage.Samples.Terraform;

/// <summary>Writes HCL as <c>terraform fmt</c> leaves it: two blanks for each level, and the equals signs of neighbouring lines in one column.</summary>
internal sealed class HclWriter
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Key, string Value)> _run = [];
    private int _level;

    public void Comment(string line) => Line("# " + line);

    public void Blank() => Line(string.Empty);

    /// <summary>Begins a block, or with <c>=</c> at the end of its head an object.</summary>
    public void Open(string head)
    {
        Line(head + " {");
        _level++;
    }

    public void Close()
    {
        Flush();
        _level--;
        Line("}");
    }

    public void String(string key, string? value)
    {
        if (value is not null) Expression(key, HclText.Quote(value));
    }

    public void Number(string key, decimal? value)
    {
        if (value is { } number) Expression(key, number.ToString("0.############################", CultureInfo.InvariantCulture));
    }

    public void Expression(string key, string value) => _run.Add((key, value));

    public override string ToString()
    {
        Flush();
        return _text.ToString();
    }

    private void Line(string text)
    {
        Flush();
        Raw(text);
    }

    private void Flush()
    {
        var width = _run.Count == 0 ? 0 : _run.Max(static line => line.Key.Length);
        foreach (var (key, value) in _run) Raw($"{key.PadRight(width)} = {value}");
        _run.Clear();
    }

    private void Raw(string text) => _text.Append(' ', text.Length == 0 ? 0 : 2 * _level).Append(text).Append('\n');
}
