using System.Diagnostics.Metrics;

namespace CloudSage.PluginHost.Activation;

/// <summary>
/// A plugin's own meters: they bear its name and version as tags, and end with its container. Whoever asks twice for the same gets the same,
/// and cannot end it for the others.
/// </summary>
internal sealed class PluginMeterFactory(string plugin, string version) : IMeterFactory
{
    public const string NameTag = "plugin.name";
    public const string VersionTag = "plugin.version";

    private readonly Lock _lock = new();
    private readonly List<(MeterOptions Wanted, PluginMeter Meter)> _meters = [];
    private bool _isDisposed;

    public Meter Create(MeterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Scope is not null && !ReferenceEquals(options.Scope, this))
            throw new InvalidOperationException("The scope of a meter is set by its factory.");
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            foreach (var (wanted, meter) in _meters)
                if (IsSame(wanted, options)) return meter;
            var own = new MeterOptions(options.Name)
            {
                Version = options.Version,
                TelemetrySchemaUrl = options.TelemetrySchemaUrl,
                Tags = [.. options.Tags ?? [], new(NameTag, plugin), new(VersionTag, version)],
                Scope = this,
            };
            var made = new PluginMeter(own);
            _meters.Add((options, made));
            return made;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            foreach (var (_, meter) in _meters) meter.End();
            _meters.Clear();
        }
    }

    private static bool IsSame(MeterOptions one, MeterOptions other)
        => one.Name == other.Name && one.Version == other.Version
            && (one.Tags ?? []).OrderBy(static t => t.Key, StringComparer.Ordinal).SequenceEqual((other.Tags ?? []).OrderBy(static t => t.Key, StringComparer.Ordinal));

    private sealed class PluginMeter(MeterOptions options) : Meter(options)
    {
        private bool _ends;

        public void End()
        {
            _ends = true;
            Dispose();
        }

        /// <summary>Does nothing but at the end, which is the factory's to say: others may use the same meter.</summary>
        protected override void Dispose(bool disposing) => base.Dispose(disposing && _ends);
    }
}
