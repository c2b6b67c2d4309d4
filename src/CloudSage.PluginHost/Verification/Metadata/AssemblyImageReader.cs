using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CloudSage.PluginHost.Discovery;

namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>Reads what an assembly says of itself. Nothing is loaded, no code of it runs, and no signature is followed.</summary>
internal static class AssemblyImageReader
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static AssemblyImage Read(string fullPath, string relativePath)
    {
        using var stream = new FileStream(fullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        var wholeness = PortableExecutableCompleteness.Judge(stream);
        if (wholeness.IsForeign)
            return new(relativePath, ImageKind.Foreign);
        if (!wholeness.IsWhole)
            return new(relativePath, ImageKind.Truncated, Reason: wholeness.Reason);

        stream.Position = 0;
        try
        {
            using var image = new PEReader(stream, PEStreamOptions.PrefetchMetadata | PEStreamOptions.LeaveOpen);
            return Read(image, relativePath);
        }
        catch (Exception e) when (MetadataDamage.Is(e))
        {
            // Whatever the reader stumbles over, the file is not one to load.
            return new(relativePath, ImageKind.Damaged, Reason: e.Message);
        }
    }

    private static AssemblyImage Read(PEReader image, string relativePath)
    {
        if (image.PEHeaders.CorHeader is not { } header || !image.HasMetadata)
            return new(relativePath, ImageKind.Native);

        var metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
            return new(relativePath, ImageKind.Damaged, Reason: "it is a module, not an assembly");

        // Precompiled code is native too, but comes with the whole of its .NET code and a header of its own.
        var isPrecompiled = header.ManagedNativeHeaderDirectory.Size > 0;
        var kind = !header.Flags.HasFlag(CorFlags.ILOnly) && !isPrecompiled ? ImageKind.MixedMode
            : AssemblyAttributes.Has(metadata, "System.Runtime.CompilerServices", "ReferenceAssemblyAttribute") ? ImageKind.ReferenceOnly
            : ImageKind.Managed;

        return new(relativePath, kind, ReadFacts(metadata) with
        {
            Needs32Bit = header.Flags.HasFlag(CorFlags.Requires32Bit) && !header.Flags.HasFlag(CorFlags.Prefers32Bit),
        });
    }

    private static AssemblyFacts ReadFacts(MetadataReader metadata)
    {
        var definition = metadata.GetAssemblyDefinition();
        var references = metadata.AssemblyReferences
            .Select(metadata.GetAssemblyReference)
            .Select(r => new AssemblyReferenceFacts(metadata.GetString(r.Name), r.Version))
            .ToList();
        return new AssemblyFacts(metadata.GetString(definition.Name), definition.Version, references)
        {
            TargetFramework = AssemblyAttributes.Text(metadata, "System.Runtime.Versioning", "TargetFrameworkAttribute"),
            HasModuleInitializer = HasModuleInitializer(metadata),
        };
    }

    /// <summary>The first type is the module itself; its static constructor is the initializer.</summary>
    private static bool HasModuleInitializer(MetadataReader metadata)
    {
        var module = metadata.TypeDefinitions.FirstOrDefault();
        return !module.IsNil && metadata.GetTypeDefinition(module).GetMethods()
            .Any(m => metadata.StringComparer.Equals(metadata.GetMethodDefinition(m).Name, ".cctor"));
    }
}
