using System.Collections.Frozen;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace CloudSage.PluginHost.Discovery;

/// <summary>
/// What the assemblies of a candidate name that is not among them. Where no deps.json says what belongs to a plugin, this is all that tells a copy under way
/// from a whole one. Only a hint: a library may name what is never needed.
/// </summary>
internal static class ReferenceCompleteness
{
    /// <summary>Simple names of the framework's assemblies; empty where the host is one file and cannot tell, and then nothing is found missing.</summary>
    private static readonly FrozenSet<string> Framework = TrustedNames().ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="IOException">A file is locked or was removed: look again later.</exception>
    public static IReadOnlyList<string> Missing(PluginCandidate candidate, IReadOnlySet<string> hostAssemblies)
    {
        if (Framework.Count == 0)
            return [];

        var assemblies = candidate.Files.Where(static f => BareAssembly.IsAssembly(f.RelativePath)).ToList();
        var present = assemblies.Select(static f => Path.GetFileNameWithoutExtension(f.RelativePath)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. assemblies.SelectMany(References)
                .Where(name => !present.Contains(name) && !hostAssemblies.Contains(name) && !Framework.Contains(name))
                .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<string> References(CandidateFile file)
    {
        try
        {
            using var image = new PEReader(new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete));
            if (!image.HasMetadata)
                return [];
            var metadata = image.GetMetadataReader();
            return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
        }
        catch (BadImageFormatException)
        {
            // Damaged inside: verification says so, and what it names is not known.
            return [];
        }
    }

    private static IEnumerable<string> TrustedNames()
        => (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(static path => Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory) != Path.GetDirectoryName(path))
            .Select(static path => Path.GetFileNameWithoutExtension(path));
}
