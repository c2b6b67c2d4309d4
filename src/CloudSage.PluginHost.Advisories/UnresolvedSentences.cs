using System.Collections;

namespace CloudSage.PluginHost.Advisories;

/// <summary>
/// What could not be told, each a sentence. The first are kept and the others counted: a plugin can make millions of them, and who has read a hundred knows enough.
/// </summary>
internal sealed class UnresolvedSentences : IReadOnlyCollection<string>
{
    private const int Most = 100;
    private const int Longest = 500;

    private readonly List<string> _first = [];
    private int _more;

    /// <summary>How many sentences there are to read, the one that counts the others among them.</summary>
    public int Count => _first.Count + (_more > 0 ? 1 : 0);

    public void Add(string sentence)
    {
        if (_first.Count == Most) _more++;
        else _first.Add(Shown(sentence, Longest));
    }

    /// <summary>A text from outside, cut off where it is longer than anybody reads.</summary>
    public static string Shown(string text, int most) => text.Length <= most ? text : text[..most] + "...";

    public IEnumerator<string> GetEnumerator() => _first.Concat(_more > 0 ? [$"There are {_more:N0} more of these."] : Array.Empty<string>()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
