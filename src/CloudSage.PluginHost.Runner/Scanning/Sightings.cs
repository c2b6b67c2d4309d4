using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Collects where powers are used.</summary>
internal sealed class Sightings(ImageNames names, IReadOnlyList<IScanRule> rules)
{
    /// <summary>Enough to recognise a name by; what is longer was not written by a person.</summary>
    private const int LongestText = 300;

    private readonly Dictionary<(int Rule, string What), Sighting> _found = [];

    /// <summary>Notes a use.</summary>
    /// <param name="powers">The rules that cover it, one bit each.</param>
    /// <param name="what">What is used.</param>
    /// <param name="method">The method that uses it; nil where it is not in one.</param>
    /// <param name="type">The type that uses it, where it is not in a method.</param>
    public void Add(uint powers, string what, MethodDefinitionHandle method = default, TypeDefinitionHandle type = default)
    {
        for (var rule = 0; powers != 0; rule++, powers >>= 1)
        {
            if ((powers & 1) == 0) continue;
            if (_found.TryGetValue((rule, what), out var known)) known.Count++;
            else if (_found.Count < ScanLimits.Uses) _found[(rule, what)] = new Sighting(Place(method, type)) { Count = 1 };
            // Beyond that nothing new is told of this file, but no power is left out.
            else if (!_found.Keys.Any(k => k.Rule == rule)) _found[(rule, what)] = new Sighting(Place(method, type)) { Count = 1 };
        }
    }

    public IReadOnlyList<PowerUse> ToUses() =>
    [
        .. _found.Select(f => new PowerUse(rules[f.Key.Rule].Permission, Short(f.Key.What), f.Value.FirstIn is { } place ? Short(place) : null, f.Value.Count))
            .OrderBy(static u => u.Permission, StringComparer.Ordinal).ThenBy(static u => u.FirstIn is null).ThenBy(static u => u.What, StringComparer.Ordinal),
    ];

    private static string Short(string text) => text.Length <= LongestText ? text : $"{text.AsSpan(0, LongestText)}...";

    private string? Place(MethodDefinitionHandle method, TypeDefinitionHandle type)
        => !method.IsNil ? names.Of(method) : !type.IsNil ? names.Of(type) : null;

    private sealed class Sighting(string? firstIn)
    {
        public string? FirstIn { get; } = firstIn;

        public int Count { get; set; }
    }
}
