using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CloudSage.PluginHost.Manifests;

/// <summary>Reads the manifest embedded in an assembly from its metadata: nothing is loaded, no code of it runs.</summary>
internal static class EmbeddedManifest
{
    private const string ResourceName = "manifest.yaml";

    /// <summary>The embedded manifest of a file; null where it has none, or is no .NET assembly.</summary>
    public static StageResult<ManifestContent>? Read(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            // What has no length is not opened: it may be a pipe or a device, whose opening would wait for ever.
            if (new FileInfo(path).Length == 0) return null;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file, name);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The file is gone or closed to us: a finding, as it may pass.
            return StageResult<ManifestContent>.Failure(ManifestFile.Unreadable(failure, name));
        }
    }

    /// <summary>The embedded manifest of a stream that can seek; null where it has none, or is no .NET assembly.</summary>
    public static StageResult<ManifestContent>? Read(Stream stream, string file)
    {
        try
        {
            using var image = new PEReader(stream, PEStreamOptions.LeaveOpen);
            // A file of zeros, as a copy that reserved its space first, reads as a bare object file.
            if (image.PEHeaders.IsCoffOnly) return StageResult<ManifestContent>.Failure(Damaged(file, "It does not begin as a DLL does."));
            return image.HasMetadata ? Find(image, file) : null;
        }
        catch (Exception damage) when (damage
            is BadImageFormatException or OverflowException or ArgumentException or InvalidOperationException or EndOfStreamException)
        {
            // Headers and tables of a truncated or crafted file lead anywhere; the reader says so in many ways.
            return StageResult<ManifestContent>.Failure(Damaged(file, damage.Message));
        }
    }

    private static StageResult<ManifestContent>? Find(PEReader image, string file)
    {
        var metadata = image.GetMetadataReader();
        var found = new List<(string Name, long Offset)>();
        foreach (var handle in metadata.ManifestResources)
        {
            var resource = metadata.GetManifestResource(handle);
            var name = metadata.GetString(resource.Name);
            // A resource with an implementation lies in another file.
            if (resource.Implementation.IsNil && IsManifest(name)) found.Add((name, resource.Offset));
        }

        if (found.Count > 1 && found.FindIndex(static f => f.Name == ResourceName) is >= 0 and var exact) found = [found[exact]];
        return found switch
        {
            [] => null,
            [var only] => ReadResource(image, only.Offset, $"{file}!{only.Name}"),
            _ => StageResult<ManifestContent>.Failure(Finding.Error(
                ManifestCodes.Ambiguous, $"There are several embedded manifests: {string.Join(", ", found.Select(static f => ShownText.Quote(f.Name)))}.",
                $"Keep one, or name one of them {ResourceName}.", new FindingLocation(file))),
        };
    }

    private static bool IsManifest(string name) => name == ResourceName || name.EndsWith("." + ResourceName, StringComparison.Ordinal);

    private static StageResult<ManifestContent> ReadResource(PEReader image, long offset, string file)
    {
        var directory = image.PEHeaders.CorHeader!.ResourcesDirectory;
        var section = image.GetSectionData(directory.RelativeVirtualAddress);
        if (offset < 0 || offset > Math.Min(directory.Size, section.Length) - sizeof(int))
            return StageResult<ManifestContent>.Failure(Damaged(file, "The resource lies outside its section."));

        var reader = section.GetReader((int)offset, section.Length - (int)offset);
        var length = reader.ReadInt32();
        if (length < 0 || length > reader.RemainingBytes)
            return StageResult<ManifestContent>.Failure(Damaged(file, "The resource is longer than its section."));
        return length > ManifestText.MaxBytes
            ? StageResult<ManifestContent>.Failure(ManifestText.TooLarge(length, file))
            : StageResult<ManifestContent>.Success(new ManifestContent(reader.ReadBytes(length), file));
    }

    private static Finding Damaged(string file, string why) => Finding.Error(
        ManifestCodes.DamagedAssembly, $"{file} is damaged: {why}", "Copy it again, or build it again.", new FindingLocation(file));
}
