using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Time.Testing;

namespace CloudSage.UnitTests.Discovery;

/// <summary>A plugin folder that is filled and looked at under a clock of the test's own.</summary>
public abstract class SettlingFixture : IDisposable
{
    private protected static readonly byte[] Library = new TestAssembly("Plugin").Build();
    private protected readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.AddMinutes(1));
    private protected readonly SimpleManifest _manifests = new();
    private protected readonly TempFolder _temp;
    private protected readonly DiscoveryOptions _options;
    private protected SettlingRule _rule;

    private protected SettlingFixture()
    {
        _temp = new TempFolder();
        _options = new DiscoveryOptions { Directories = { _temp.Path } };
        _rule = new SettlingRule(_options, new CompletenessCheck(_manifests, new HashSet<string> { "Shared.Contracts", "CloudSage.Plugins.Abstractions" }), _time);
    }

    public void Dispose()
    {
        _temp.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected CandidateReadiness Observe() => _rule.Observe(new FolderScanner(_options).Scan(CancellationToken.None)).Should().ContainSingle().Subject;

    /// <summary>Writes a file as of the fake clock's now.</summary>
    private protected void Write(string relative, byte[] content)
    {
        File.SetLastWriteTimeUtc(_temp.Write(relative, content), _time.GetUtcNow().UtcDateTime);
        Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(_temp.File(relative))!, _time.GetUtcNow().UtcDateTime);
    }

    private protected void Write(string relative, string content) => Write(relative, System.Text.Encoding.UTF8.GetBytes(content));

    private protected void WritePlugin(string manifest = "Plugin.dll")
    {
        Write("one/Plugin.dll", Library);
        Write("one/manifest.yaml", manifest);
    }
}
