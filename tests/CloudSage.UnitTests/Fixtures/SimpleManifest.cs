using CloudSage.PluginHost;
using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;
using CloudSage.Plugins;

namespace CloudSage.UnitTests.Fixtures;

/// <summary>Stands for the manifest reader where a test is about something else: the manifest's text is the entry point.</summary>
internal sealed class SimpleManifest : ICandidateManifest
{
    public static readonly Finding Bad = Finding.Error("CSG1199", "bad manifest", "mend it");

    public int Reads { get; private set; }

    public bool Throws { get; set; }

    public static PluginManifest For(string entryPoint) => new()
    {
        Name = "simple",
        Version = "1.0.0",
        Type = PluginType.Optimizer,
        EntryPoint = entryPoint,
        Language = "dotnet",
    };

    public StageResult<PluginManifest>? Read(PluginCandidate candidate)
    {
        Reads++;
        if (Throws)
            throw new IOException("locked");
        if (candidate.ManifestFile() is not { } file)
            return null;
        var text = File.ReadAllText(file.FullPath).Trim();
        return text == "bad" ? StageResult<PluginManifest>.Failure(Bad) : StageResult<PluginManifest>.Success(For(text));
    }
}
