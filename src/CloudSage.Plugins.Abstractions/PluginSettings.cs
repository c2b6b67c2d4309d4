using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CloudSage.Plugins;

/// <summary>
/// A plugin's settings as text, read with typed getters. Keys are case-insensitive, and a hyphen equals an underscore.
/// Numbers and dates are read in the invariant culture.
/// </summary>
public sealed class PluginSettings
{
    private readonly Dictionary<string, string> _values;

    /// <summary>Creates settings from pairs of key and text; a later pair of the same key wins.</summary>
    /// <param name="values">The pairs.</param>
    public PluginSettings(IEnumerable<KeyValuePair<string, string>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        _values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values)
            _values[Canonical(key)] = value;
    }

    /// <summary>Settings with no value at all.</summary>
    public static PluginSettings Empty { get; } = new([]);

    /// <summary>The keys that have a value, in canonical form (underscores).</summary>
    public IReadOnlyCollection<string> Keys => _values.Keys;

    /// <summary>Finds the text of a setting.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="value">Its text.</param>
    /// <returns>Whether the setting has a value.</returns>
    public bool TryGet(string key, [NotNullWhen(true)] out string? value)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _values.TryGetValue(Canonical(key), out value);
    }

    /// <summary>The text of a setting, or the fallback where it has none.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="fallback">What to return where the setting has no value.</param>
    /// <returns>The text.</returns>
    [return: NotNullIfNotNull(nameof(fallback))]
    public string? Get(string key, string? fallback = null) => TryGet(key, out var value) ? value : fallback;

    /// <summary>A setting read as an exact decimal number.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="fallback">What to return where the setting has no value.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not a decimal number.</exception>
    public decimal GetDecimal(string key, decimal fallback) => Parse(key, fallback, "a decimal number such as 0.25",
        static (string text, out decimal value) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value));

    /// <summary>A setting read as a whole number.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="fallback">What to return where the setting has no value.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text is not a whole number.</exception>
    public int GetInt32(string key, int fallback) => Parse(key, fallback, "a whole number such as 14",
        static (string text, out int value) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value));

    /// <summary>A setting read as true or false.</summary>
    /// <param name="key">The setting's key.</param>
    /// <param name="fallback">What to return where the setting has no value.</param>
    /// <returns>The truth value.</returns>
    /// <exception cref="FormatException">The text is neither true nor false.</exception>
    public bool GetBoolean(string key, bool fallback) => Parse(key, fallback, "true or false",
        static (string text, out bool value) => bool.TryParse(text, out value));

    private delegate bool Parser<T>(string text, out T value);

    private T Parse<T>(string key, T fallback, string expected, Parser<T> parser)
    {
        if (!TryGet(key, out var text)) return fallback;
        return parser(text.Trim(), out var value)
            ? value
            : throw new FormatException($"Setting '{key}' is '{text}', but must be {expected}.");
    }

    private static string Canonical(string key) => key.Replace('-', '_');
}
