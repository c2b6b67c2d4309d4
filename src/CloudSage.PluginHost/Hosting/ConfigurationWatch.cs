using CloudSage.PluginHost.Manifests;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CloudSage.PluginHost.Hosting;

/// <summary>
/// Says when a change of the configuration is not in force: where it is not valid, or cannot be bound, every room goes on with what it had, and nobody else would say so.
/// </summary>
internal sealed class ConfigurationWatch(
    IOptionsFactory<PluginHostOptions> factory, IEnumerable<IOptionsChangeTokenSource<PluginHostOptions>> sources, ILogger<ConfigurationWatch> logger) : IDisposable
{
    private readonly List<IDisposable> _listening = [];
    private string? _told;

    /// <summary>Begins to listen to the sources of the configuration.</summary>
    public void Begin() => _listening.AddRange(sources.Select(source => ChangeToken.OnChange(source.GetChangeToken, Look)));

    public void Dispose() => _listening.ForEach(static l => l.Dispose());

    /// <summary>A file that is written may tell of it several times.</summary>
    private void Look()
    {
        var trouble = Trouble();
        if (trouble is not null && trouble != _told) logger.ChangeNotInForce(trouble);
        _told = trouble;
    }

    private string? Trouble()
    {
        try
        {
            factory.Create(Options.DefaultName);
            return null;
        }
        catch (Exception e)
        {
            // Not valid, or not to be bound, or the embedder's own code does not like it. What is written in a file must not forge a line of the log.
            return ShownText.Escape(e.Message.ReplaceLineEndings(" "));
        }
    }
}
