using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>
/// Looks into one file. It reads what may be crafted to harm its reader, so it runs in a child process; only benchmarks and tests call it directly.
/// </summary>
internal sealed class AssemblyScanner(IReadOnlyList<IScanRule> rules)
{
    private readonly PowerMap _powers = new(rules);

    /// <exception cref="IOException">The file cannot be read.</exception>
    public ScanReport Scan(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        if (file.Length > ScanLimits.FileBytes) return new ScanReport { Sha256 = string.Empty, Refusal = $"it is larger than {ScanLimits.FileBytes >> 20} MiB" };
        var content = new byte[file.Length];
        file.ReadExactly(content);
        return Scan(content);
    }

    public ScanReport Scan(byte[] content)
    {
        var report = new ScanReport { Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)) };
        try
        {
            using var image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(content));
            if (image.PEHeaders.CorHeader is null || !image.HasMetadata) return report with { Uses = Native() };
            var walk = new AssemblyWalk(image, image.GetMetadataReader(MetadataReaderOptions.None), rules, _powers);
            return report with { Assembly = walk.Name, Uses = walk.Walk() };
        }
        catch (UnknownConstructException e)
        {
            // An expected answer to what is crafted.
            return report with { Refusal = e.Message };
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException
            or EndOfStreamException or NotSupportedException or InvalidCastException)
        {
            // The library checks all bounds, but says so by many exceptions.
            return report with { Refusal = $"its metadata makes no sense ({e.GetType().Name})" };
        }
    }

    private IReadOnlyList<PowerUse> Native()
    {
        var text = ConstructText.Of(Construct.NativeImage);
        return [.. rules.Where(static r => r.Covers(Construct.NativeImage)).Select(r => new PowerUse(r.Permission, text, null, 1))];
    }
}
