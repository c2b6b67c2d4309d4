using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Discovery;

public sealed class WholenessTests
{
    private static FileWholeness Pe(byte[] content, int? length = null) => PortableExecutableCompleteness.Judge(new MemoryStream(content, 0, length ?? content.Length));

    [Test]
    public void Assembly_is_whole_at_its_full_length_and_at_no_shorter_one()
    {
        var image = new TestAssembly("Whole").Build();

        Pe(image).IsWhole.Should().BeTrue();
        for (var length = 0; length < image.Length; length += 512)
            Pe(image, length).IsWhole.Should().BeFalse("it has {0} of {1} bytes", length, image.Length);
        Pe(image, image.Length - 1).IsWhole.Should().BeFalse();
    }

    [Test]
    public void Platform_libraries_precompiled_ones_too_are_whole_and_truncated_are_not()
    {
        foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.*.dll").Take(40))
        {
            var image = File.ReadAllBytes(path);
            Pe(image).IsWhole.Should().BeTrue(path);
            for (var length = 0; length < image.Length; length += Math.Max(512, image.Length / 16 / 512 * 512))
                Pe(image, length).IsWhole.Should().BeFalse(path);
        }
    }

    [Test]
    public void Certificate_table_behind_the_sections_counts()
    {
        var image = new TestAssembly("Signed").Build();
        var signed = new byte[image.Length + 256];
        image.CopyTo(signed, 0);
        var optionalHeader = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(0x3C)) + 24;
        var isPlus = BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(optionalHeader)) == 0x20B;
        var directory = optionalHeader + (isPlus ? 112 : 96) + (4 * 8);
        BinaryPrimitives.WriteInt32LittleEndian(signed.AsSpan(directory), image.Length);
        BinaryPrimitives.WriteInt32LittleEndian(signed.AsSpan(directory + 4), 256);

        Pe(signed).IsWhole.Should().BeTrue();
        Pe(signed, signed.Length - 1).IsWhole.Should().BeFalse();
        Pe(signed, image.Length).IsWhole.Should().BeFalse();
    }

    [Test]
    public void Text_under_the_name_of_a_library_is_foreign()
        => Pe("not a library"u8.ToArray()).Should().BeEquivalentTo(new { IsWhole = false, IsForeign = true });

    [Test]
    public void Garbage_behind_the_first_bytes_is_refused_without_an_exception()
    {
        var random = new Random(1);
        for (var i = 0; i < 500; i++)
        {
            var image = new TestAssemblyBytes(random).Next();
            var act = () => Pe(image);
            act.Should().NotThrow();
        }
    }

    [Test]
    public void Elf_file_is_whole_with_its_section_table_and_not_before()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Needs an ELF library.");
        var image = File.ReadAllBytes(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "libSystem.Native.so"));

        ElfCompleteness.Judge(new MemoryStream(image)).IsWhole.Should().BeTrue();
        for (var length = 512; length < image.Length; length += 512)
            ElfCompleteness.Judge(new MemoryStream(image, 0, length)).IsWhole.Should().BeFalse();
    }

    [Test]
    public void Dependency_file_names_assets_where_a_publish_puts_them()
    {
        const string json = """
            { "runtimeTarget": { "name": "net10.0" }, "targets": {
              "other": { "X/1": { "runtime": { "lib/X.dll": {} } } },
              "net10.0": {
                "Plugin/1.0.0": { "dependencies": { "A": "1.0.0" }, "runtime": { "Plugin.dll": {} } },
                "A/1.0.0": { "runtime": { "lib/net8.0/A.dll": {} }, "resources": { "lib/net8.0/de/A.resources.dll": { "locale": "de" } },
                             "runtimeTargets": { "runtimes/linux-x64/native/liba.so": { "rid": "linux-x64", "assetType": "native" } } },
                "B/1.0.0": { "native": { "runtimes/linux-x64/native/libb.so": {} }, "runtime": { "lib/net8.0/_._": {} } } } } }
            """;

        DependencyFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))).Select(a => a.RelativePath).Should().Equal(
            "Plugin.dll", "A.dll", "de/A.resources.dll", "runtimes/linux-x64/native/liba.so", "libb.so");
    }

    [TestCase("")]
    [TestCase("{ \"targets\": { \"a\"")]
    [TestCase("[]")]
    public void Dependency_file_that_is_not_whole_is_refused(string json)
    {
        var act = () => DependencyFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

        act.Should().Throw<JsonException>();
    }

    /// <summary>Assemblies with some bytes of their headers overwritten.</summary>
    private sealed class TestAssemblyBytes(Random random)
    {
        private static readonly byte[] Sound = new TestAssembly("Sound").Build();

        public byte[] Next()
        {
            var image = (byte[])Sound.Clone();
            for (var i = 0; i < 20; i++)
                image[random.Next(2, 1024)] = (byte)random.Next(256);
            return image;
        }
    }
}
