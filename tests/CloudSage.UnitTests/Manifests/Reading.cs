using CloudSage.PluginHost.Manifests.Reading;
using System.Text;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

/// <summary>Reads manifests as the tests of this folder need them.</summary>
internal static class Reading
{
    /// <summary>A manifest to which a test adds the lines that it is about. They start at line 5.</summary>
    public const string Head = "name: sample\nversion: 1.0.0\ntype: optimizer\nentry_point: sample.dll\n";

    public static StageResult<PluginManifest> Read(string yaml) => Read(Encoding.UTF8.GetBytes(yaml));

    public static StageResult<PluginManifest> Read(byte[] bytes) => new ManifestReader().Read(bytes, "manifest.yaml");

    /// <summary>The manifest, which must be without any finding.</summary>
    public static PluginManifest Good(string yaml)
    {
        var result = Read(yaml);
        result.Findings.Should().BeEmpty();
        return result.Value!;
    }

    /// <summary>What follows the head, which must be refused, with the findings as "code(line,column)".</summary>
    public static IEnumerable<string> Faults(string rest) => FaultsOf(Head + rest);

    public static IEnumerable<string> FaultsOf(string yaml)
    {
        var result = Read(yaml);
        result.Value.Should().BeNull();
        result.Findings.Should().OnlyContain(f => f.Remedy.Length > 0 && f.Location != null);
        return result.Findings.Select(Place);
    }

    public static string Place(Finding finding) => $"{finding.Code}({finding.Location!.Line},{finding.Location.Column})";
}
