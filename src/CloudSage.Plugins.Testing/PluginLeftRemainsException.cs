using CloudSage.PluginHost;

namespace CloudSage.Plugins.Testing;

/// <summary>The plugin left memory, but only because the host took back what it had left in the process. The message says what that was.</summary>
public sealed class PluginLeftRemainsException : Exception
{
    internal PluginLeftRemainsException(UnloadVerdict verdict) : base(Text(verdict)) => Verdict = verdict;

    /// <summary>The verdict, with what was evicted.</summary>
    public UnloadVerdict Verdict { get; }

    private static string Text(UnloadVerdict verdict) => string.Join(Environment.NewLine,
        verdict.Evicted.Select(static e => $"  {e.Cause}: {e.Count}")
            .Prepend($"{verdict.Plugin} {verdict.Version} left memory, but the host had to take back for it:")
            .Append("Give it up in StopAsync or Dispose: see docs/unloading.md, \"For authors\"."));
}
