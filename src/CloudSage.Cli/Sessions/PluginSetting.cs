using CloudSage.Cli.Codes;
using CloudSage.PluginHost;

namespace CloudSage.Cli.Sessions;

/// <summary>A setting of a plugin as the command line gives it: <c>PLUGIN.KEY=VALUE</c>.</summary>
internal sealed record PluginSetting(string Plugin, string Key, string Value)
{
    /// <summary>Reads settings; those that are not of the form are findings.</summary>
    public static IReadOnlyList<PluginSetting> Read(IEnumerable<string> texts, ICollection<Finding> findings)
    {
        List<PluginSetting> settings = [];
        foreach (var text in texts)
        {
            // Names of plugins hold no dot and keys no equals sign, so the first of each divides.
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var dot = text.IndexOf('.', StringComparison.Ordinal);
            if (dot > 0 && equals > dot + 1) settings.Add(new PluginSetting(text[..dot], text[(dot + 1)..equals], text[(equals + 1)..]));
            else findings.Add(Finding.Error(
                CliCodes.BadForm, $"'{text}' is not a setting.", "Write --set PLUGIN.KEY=VALUE, such as --set cost-anomaly-detector.threshold=0.5."));
        }

        return settings;
    }
}
