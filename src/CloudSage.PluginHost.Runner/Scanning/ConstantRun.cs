namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>The constants that were put onto the stack just before an instruction: the last arguments of what it calls.</summary>
internal sealed class ConstantRun
{
    private const int Open = 3;
    private const int Read = 1;
    private const int DeleteOnClose = 0x0400_0000;

    private readonly List<(int Offset, int Value)> _values = [];

    public void Add(int offset, int value) => _values.Add((offset, value));

    public void Clear() => _values.Clear();

    public int Count => _values.Count;

    /// <summary>The constant before the last <paramref name="back"/>; null for none.</summary>
    public int? Last(int back = 0) => back < _values.Count ? _values[^(back + 1)].Value : null;

    /// <summary>
    /// Whether a file that is opened by these arguments is there already and is only read: the path first, then mode, access and whatever, all constant,
    /// and no branch into the midst of them.
    /// </summary>
    public bool OnlyReads(in ForeignMember member, BranchTargets targets, int at)
    {
        var arguments = member.Parameters - 1;
        if (!member.TakesTextFirst || arguments < 2 || _values.Count < arguments) return false;
        var last = _values.GetRange(_values.Count - arguments, arguments);
        return last[0].Value == Open && last[1].Value == Read && last.TrueForAll(static v => (v.Value & DeleteOnClose) == 0) && !targets.LeadBetween(last[0].Offset, at);
    }
}
