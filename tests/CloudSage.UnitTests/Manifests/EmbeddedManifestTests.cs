using System.Text;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

public sealed class EmbeddedManifestTests
{
    [TestCase("manifest.yaml")]
    [TestCase("Sample.manifest.yaml")]
    public void Read_Resource_IsItsBytes(string name)
    {
        var content = Read(AssemblyImage.With(("other.txt", "other"), (name, Reading.Head)))!.Value!;

        Encoding.UTF8.GetString(content.Bytes.Span).Should().Be(Reading.Head);
        content.File.Should().Be($"Sample.dll!{name}");
    }

    [Test]
    public void Read_ThisVeryAssembly_HasNone()
        => EmbeddedManifest.Read(typeof(EmbeddedManifestTests).Assembly.Location).Should().BeNull();

    [Test]
    public void Read_OtherResources_AreNoManifest()
        => Read(AssemblyImage.With(("other.txt", "x"), ("notmanifest.yaml", "x"))).Should().BeNull();

    [Test]
    public void Read_ExactNameAndAnother_IsTheExactOne()
        => Encoding.UTF8.GetString(Read(AssemblyImage.With(("a.manifest.yaml", "a"), ("manifest.yaml", "b")))!.Value!.Bytes.Span).Should().Be("b");

    [Test]
    public void Read_SeveralOthers_IsAmbiguous()
        => Read(AssemblyImage.With(("a.manifest.yaml", "a"), ("b.manifest.yaml", "b")))!.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1162");

    [Test]
    public void Read_TooLong_IsRefused()
        => Read(AssemblyImage.With(("manifest.yaml", new string('x', ManifestText.MaxBytes + 1))))!.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1101");

    [Test]
    public void Read_NoImage_IsDamaged()
    {
        Read([])!.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1161");
        Read(new byte[4096])!.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1161");
        Read("\u007fELF and so on"u8.ToArray())!.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1161");
    }

    [Test]
    public void Read_EveryTruncation_IsAFindingOrTheWhole()
    {
        var image = AssemblyImage.With(("manifest.yaml", Reading.Head));
        var damaged = 0;
        for (var length = 0; length < image.Length; length++)
        {
            var result = Read(image[..length]);
            if (result?.Value is { } content) Encoding.UTF8.GetString(content.Bytes.Span).Should().Be(Reading.Head);
            else if (result is not null) damaged++;
        }

        damaged.Should().BeGreaterThan(image.Length / 2);
    }

    [Test]
    public void Read_EveryByteBroken_NeverThrows()
    {
        var image = AssemblyImage.With(("manifest.yaml", Reading.Head));
        for (var at = 0; at < image.Length; at++)
        {
            foreach (var flip in new byte[] { 0x01, 0x80, 0xFF })
            {
                var broken = (byte[])image.Clone();
                broken[at] ^= flip;
                var result = Read(broken);
                if (result is { Value: null }) result.Findings.Should().Contain(f => f.Severity == FindingSeverity.Error);
            }
        }
    }

    [Test]
    public void Read_NoFile_IsUnreadable()
        => EmbeddedManifest.Read(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()))!.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1160");

    private static StageResult<ManifestContent>? Read(byte[] image) => EmbeddedManifest.Read(new MemoryStream(image), "Sample.dll");
}
