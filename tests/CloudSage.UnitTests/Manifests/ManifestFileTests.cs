using System.Text;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

public sealed class ManifestFileTests
{
    private string _directory = "";

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("cloudsage-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [TestCase("manifest.yaml")]
    [TestCase("manifest.yml")]
    public void OfFolder_Manifest_IsRead(string name)
    {
        Write(name, Reading.Head);

        var content = ManifestFile.OfFolder(_directory).Value!;

        Encoding.UTF8.GetString(content.Bytes.Span).Should().Be(Reading.Head);
        content.File.Should().Be(name);
    }

    [Test]
    public void OfFolder_None_IsMissing() => ManifestFile.OfFolder(_directory).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1100");

    [Test]
    public void OfFolder_Both_IsAmbiguous()
    {
        Write("manifest.yaml", "");
        Write("manifest.yml", "");

        ManifestFile.OfFolder(_directory).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1162");
    }

    [Test]
    public void OfFolder_TooLong_IsRefusedWithItsLength()
    {
        using (var file = File.Create(Path.Combine(_directory, "manifest.yaml"))) file.SetLength(100L * 1024 * 1024);

        var finding = ManifestFile.OfFolder(_directory).Findings.Should().ContainSingle().Subject;

        finding.Code.Should().Be("CSG1101");
        finding.Message.Should().Contain("104857600");
    }

    [Test]
    public void OfFolder_FileOpenForWriting_IsReadAllTheSame()
    {
        Write("manifest.yaml", Reading.Head);
        using var writer = new FileStream(Path.Combine(_directory, "manifest.yaml"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);

        ManifestFile.OfFolder(_directory).Value.Should().NotBeNull();
    }

    [Test]
    public void OfAssembly_Sidecar_WinsOverTheEmbeddedOne()
    {
        File.WriteAllBytes(Dll, AssemblyImage.With(("manifest.yaml", "embedded")));
        Write("Sample.Plugin.manifest.yaml", "sidecar");

        var content = ManifestFile.OfAssembly(Dll).Value!;

        Encoding.UTF8.GetString(content.Bytes.Span).Should().Be("sidecar");
        content.File.Should().Be("Sample.Plugin.manifest.yaml");
    }

    [Test]
    public void OfAssembly_NoSidecar_IsTheEmbeddedOne()
    {
        File.WriteAllBytes(Dll, AssemblyImage.With(("manifest.yaml", "embedded")));

        Encoding.UTF8.GetString(ManifestFile.OfAssembly(Dll).Value!.Bytes.Span).Should().Be("embedded");
    }

    [Test]
    public void OfAssembly_Neither_IsMissing()
    {
        File.WriteAllBytes(Dll, AssemblyImage.With());

        var finding = ManifestFile.OfAssembly(Dll).Findings.Should().ContainSingle().Subject;

        finding.Code.Should().Be("CSG1100");
        finding.Remedy.Should().Contain("Sample.Plugin.manifest.yaml");
    }

    [Test]
    public void OfAssembly_Damaged_IsAFinding()
    {
        File.WriteAllBytes(Dll, AssemblyImage.With(("manifest.yaml", "embedded"))[..300]);

        ManifestFile.OfAssembly(Dll).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1161");
    }

    private string Dll => Path.Combine(_directory, "Sample.Plugin.dll");

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_directory, name), content);
}
