using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Fixtures;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Logging;

using CloudSage.PluginHost.Verification.Metadata;

namespace CloudSage.UnitTests.Verification;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class PluginVerifierTests : IDisposable
{
    private const string EmptyHandler = "public sealed class Scanner : CloudSage.Plugins.Commands.ICommandHandler { }";
    private readonly StagedFolder _plugin = new();

    public void Dispose() => _plugin.Dispose();

    private static TestAssembly Entry(string source = TestAssembly.ScannerSource, params MetadataReference[] more)
        => new("Plugin") { Source = source, References = [TestAssembly.Contracts, .. more] };

    /// <summary>A sound assembly with its .NET flags, or other bytes of that header, changed.</summary>
    private static byte[] WithCorHeader(Action<Memory<byte>> change)
    {
        var image = Entry().Build();
        using var reader = new PEReader(new MemoryStream(image));
        change(image.AsMemory(reader.PEHeaders.CorHeaderStartOffset));
        return image;
    }

    private static byte[] WithFlags(CorFlags flags) => WithCorHeader(h => BinaryPrimitives.WriteInt32LittleEndian(h.Span[16..], (int)flags));

    [Test]
    public void Sound_plugin_becomes_a_descriptor()
    {
        var result = _plugin.With(Entry()).Verify();

        result.Findings.Should().BeEmpty();
        result.Value.Should().BeEquivalentTo(new { Name = "simple", Hash = "hash", Source = "source", Warnings = Array.Empty<Finding>() });
        result.Value!.Version.ToString().Should().Be("1.0.0");
        File.Exists(result.Value.EntryPath).Should().BeTrue();
    }

    [Test]
    public void Precompiled_platform_assemblies_are_taken_for_managed()
    {
        var path = Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "System.Text.Json.dll");

        // Only the contract is lacking: nothing was said against the image.
        _plugin.With("Plugin.dll", File.ReadAllBytes(path)).VerifyToOne(VerificationCodes.ContractNotReferenced);
    }

    [Test]
    public void Entry_file_that_is_not_there_is_named_with_its_place()
        => _plugin.With("Other.dll", []).VerifyToOne(VerificationCodes.EntryFileMissing).Message.Should().Contain("'Plugin.dll'");

    [Test]
    public void Language_without_a_runtime_is_refused_and_with_one_taken()
    {
        _plugin.Manifest = SimpleManifest.For("main.py") with { Language = "python" };
        _plugin.With("main.py", "print()"u8.ToArray());

        _plugin.VerifyToOne(VerificationCodes.RuntimeMissing).Message.Should().Contain("No runtime for python is installed");
        _plugin.Host = _plugin.Host with { Languages = new HashSet<string> { "dotnet", "python" } };
        _plugin.Verify().Value.Should().NotBeNull();
    }

    [TestCase(">=1.0 <2", null)]
    [TestCase("^2.0", VerificationCodes.HostOutsideRange)]
    [TestCase("new enough", VerificationCodes.HostRangeUnreadable)]
    public void Host_version_is_held_against_the_range(string engine, string? code)
    {
        _plugin.With(Entry()).Manifest = _plugin.Manifest with { Engine = engine };

        if (code is null)
            _plugin.Verify().Findings.Should().BeEmpty();
        else
            _plugin.VerifyToOne(code).Message.Should().Contain(engine);
    }

    [Test]
    public void Empty_cut_off_and_foreign_files_each_have_their_finding()
    {
        var image = Entry().Build();
        _plugin.With("Plugin.dll", []).VerifyToOne(VerificationCodes.EntryTruncated);
        _plugin.With("Plugin.dll", image[..^512]).VerifyToOne(VerificationCodes.EntryTruncated);
        _plugin.With("Plugin.dll", "no library"u8.ToArray()).VerifyToOne(VerificationCodes.EntryNotManaged);
    }

    [Test]
    public void Native_mixed_reference_and_32_bit_images_each_have_their_finding()
    {
        var native = Entry().Build();
        using (var reader = new PEReader(new MemoryStream(native)))
        {
            // Without its .NET header a library is a native one.
            var directory = reader.PEHeaders.PEHeaderStartOffset + (reader.PEHeaders.PEHeader!.Magic == PEMagic.PE32Plus ? 112 : 96) + (14 * 8);
            native.AsSpan(directory, 8).Clear();
        }

        _plugin.With("Plugin.dll", native).VerifyToOne(VerificationCodes.EntryNotManaged).Message.Should().Contain("native");
        _plugin.With("Plugin.dll", WithFlags(0)).VerifyToOne(VerificationCodes.EntryMixedMode);
        _plugin.With(new TestAssembly("Plugin") { IsReferenceAssembly = true }).VerifyToOne(VerificationCodes.EntryReferenceOnly);
        _plugin.With(new TestAssembly("Plugin") { Architecture = Platform.X86 }).VerifyToOne(VerificationCodes.EntryNeeds32Bit);
    }

    [Test]
    public void Damaged_metadata_is_a_finding_whatever_the_damage()
    {
        var sound = Entry().Build();
        using var reader = new PEReader(new MemoryStream(sound));
        var (start, size) = (reader.PEHeaders.MetadataStartOffset, reader.PEHeaders.MetadataSize);
        var random = new Random(7);
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var image = (byte[])sound.Clone();
            for (var j = 0; j < 30; j++)
                image[start + random.Next(Math.Min(size, 1_000))] = (byte)random.Next(256);
            var result = _plugin.With("Plugin.dll", image).Verify();
            refused += result.Value is null ? 1 : 0;
            (result.Value is null).Should().Be(result.Findings.Any(f => f.Severity == FindingSeverity.Error));
        }

        refused.Should().BeGreaterThan(300);
    }

    [Test]
    [CancelAfter(30_000)]
    public void Tables_that_refer_to_themselves_come_to_an_end([Values] CraftedAssembly.Trick trick)
    {
        var finding = _plugin.With("Plugin.dll", CraftedAssembly.Build(trick)).Verify().Findings.Should().ContainSingle().Subject;

        // A class that derives from itself is well-formed enough to be read; it just serves nothing.
        finding.Code.Should().Be(trick == CraftedAssembly.Trick.TypeDerivedFromItself ? VerificationCodes.NoEntryType : VerificationCodes.EntryDamaged);
    }

    [TestCase(".NETCoreApp,Version=v8.0", null)]
    [TestCase(".NETStandard,Version=v2.0", null)]
    [TestCase(null, null)]
    [TestCase("nonsense", null)]
    [TestCase(".NETCoreApp,Version=v99.0", VerificationCodes.FrameworkTooNew)]
    [TestCase(".NETFramework,Version=v4.8", VerificationCodes.FrameworkForeign)]
    [TestCase("Silverlight,Version=v5.0", VerificationCodes.FrameworkForeign)]
    public void Target_framework_is_held_against_the_hosts(string? framework, string? code)
    {
        _plugin.With(new TestAssembly("Plugin") { TargetFramework = framework });

        if (code is null)
            _plugin.Verify().Findings.Should().BeEmpty();
        else
            _plugin.VerifyToOne(code);
    }

    [Test]
    public void Contract_of_the_same_major_and_no_higher_minor_is_taken()
    {
        _plugin.Host = _plugin.Host with { Shared = new Dictionary<string, Version>(_plugin.Host.Shared) { [HostProfile.Contract] = new(3, 4, 0, 0) } };
        foreach (var (major, minor, taken) in ((int, int, bool)[])[(3, 4, true), (3, 0, true), (3, 5, false), (4, 0, false), (2, 9, false)])
        {
            _plugin.With(new TestAssembly("Plugin") { Source = EmptyHandler, References = [StagedFolder.References.Contract(major, minor)] });
            if (taken)
                _plugin.Verify().Findings.Should().BeEmpty();
            else
                _plugin.VerifyToOne(VerificationCodes.ContractIncompatible).Message.Should().Be($"The plugin is built against contract {major}.{minor}, this host has 3.4.");
        }
    }

    [Test]
    public void Assembly_without_the_contract_is_no_plugin()
        => _plugin.With(new TestAssembly("Plugin") { Source = "public class C { }" }).VerifyToOne(VerificationCodes.ContractNotReferenced);

    [Test]
    public void Higher_version_of_a_shared_assembly_is_an_error_for_the_entry_and_a_warning_for_a_library()
    {
        var logging = StagedFolder.References.Logging(new Version(99, 0, 0, 0));
        _plugin.With(Entry(TestAssembly.ScannerSource + "public interface IMine : Microsoft.Extensions.Logging.ILogger { }", logging));
        _plugin.VerifyToOne(VerificationCodes.SharedTooOld).Message.Should().Contain("99.0.0.0").And.Contain(typeof(ILogger).Assembly.GetName().Version!.ToString());

        var library = new TestAssembly("Library") { Source = "public interface IMine : Microsoft.Extensions.Logging.ILogger { }", References = [logging] };
        _plugin.With("Library.dll", library.Build()).With(Entry(TestAssembly.ScannerSource + "public abstract class D : IMine { }", library.ToReference(), logging));
        _plugin.Verify().Findings.Should().Contain(f => f.Severity == FindingSeverity.Warning && f.Code == VerificationCodes.SharedTooOld && f.Location!.File == "Library.dll");
    }

    [Test]
    public void Own_copies_of_shared_assemblies_are_one_warning()
    {
        _plugin.With(Entry())
            .With("CloudSage.Plugins.Abstractions.dll", File.ReadAllBytes(typeof(CloudSage.Plugins.ExtensionPointAttribute).Assembly.Location))
            .With("Microsoft.Extensions.Logging.Abstractions.dll", File.ReadAllBytes(typeof(ILogger).Assembly.Location));

        _plugin.VerifyToOne(VerificationCodes.SharedCopyIgnored, FindingSeverity.Warning).Message.Should().Contain("CloudSage.Plugins.Abstractions").And.Contain("Logging");
        _plugin.Verify().Value!.Warnings.Should().ContainSingle();
    }

    [Test]
    public void Crafted_library_next_to_a_sound_entry_cannot_break_the_examination()
    {
        var library = new TestAssembly("Library") { Source = "public class L { }", References = [] };
        _plugin.With(Entry(TestAssembly.ScannerSource + "public abstract class D : L { }", library.ToReference()));
        _plugin.With("Library.dll", library.Build()[..^512]);

        _plugin.VerifyToOne(VerificationCodes.DependencyDamaged).Location!.File.Should().Be("Library.dll");
    }
}
