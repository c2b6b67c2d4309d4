using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Verification;

namespace CloudSage.UnitTests.Resolution;

/// <summary>What the resolver should find, written as plainly as can be and without regard to speed.</summary>
internal sealed class PlainResolution
{
    private readonly PluginDescriptor[] _plugins;

    public PlainResolution(PluginDescriptor[] plugins)
    {
        _plugins = plugins;
        // A plugin is ready once all that it needs is; whatever is left when no more can be added waits.
        while (plugins.FirstOrDefault(p => !Ready.Contains(p.Name) && Needed(p).All(IsReady)) is { } next) Ready.Add(next.Name);
    }

    public HashSet<string> Ready { get; } = [];

    public bool Needs(string from, string to) => Find(from) is { } plugin && Find(to) is not null && Needed(plugin).Any(d => d.Name == to);

    public IEnumerable<string> Circular() => _plugins.Select(p => p.Name).Where(name => Reaches(name, name, Needs));

    public List<string> Order()
    {
        var order = new List<string>();
        while (order.Count < Ready.Count)
            order.Add(Ready.Order(StringComparer.Ordinal).First(name => !order.Contains(name) && Before(name).All(order.Contains)));
        return order;
    }

    private IEnumerable<string> Before(string name)
        => Ready.Where(other => Needs(name, other) || (Follows(name, other) && !Reaches(other, name, (a, b) => Needs(a, b) || Follows(a, b))));

    private bool Follows(string from, string to)
        => Ready.Contains(from) && Ready.Contains(to) && Find(from)!.Manifest.Dependencies.Any(d => d.Optional && d.Name == to && Fits(d));

    private bool Reaches(string from, string to, Func<string, string, bool> edge)
    {
        var reached = _plugins.Select(p => p.Name).Where(next => edge(from, next)).ToHashSet();
        for (var before = -1; before != reached.Count;)
        {
            before = reached.Count;
            reached.UnionWith(_plugins.Select(p => p.Name).Where(next => reached.Any(r => edge(r, next))).ToArray());
        }

        return reached.Contains(to);
    }

    private bool IsReady(ManifestDependency dependency) => Ready.Contains(dependency.Name) && Fits(dependency);

    /// <summary>Only the ranges that the random graphs use, and only by major version.</summary>
    private bool Fits(ManifestDependency dependency) => Find(dependency.Name) is { } found && dependency.Version switch
    {
        null or "[1.0,3.0)" => true,
        "[1.0,2.0)" => found.Version.Major == 1,
        "[2.0,3.0)" => found.Version.Major == 2,
        _ => throw new ArgumentOutOfRangeException(nameof(dependency), dependency.Version, "The reference does not know this range."),
    };

    private static IEnumerable<ManifestDependency> Needed(PluginDescriptor plugin) => plugin.Manifest.Dependencies.Where(d => !d.Optional);

    private PluginDescriptor? Find(string name) => _plugins.FirstOrDefault(p => p.Name == name);
}
