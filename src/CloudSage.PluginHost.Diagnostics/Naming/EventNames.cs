using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Microsoft.Diagnostics.Runtime;

namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>
/// The events of types, as their assemblies on disk declare them: a snapshot tells nothing of methods that never ran, and so not that a field
/// of delegates is an event's.
/// </summary>
internal sealed class EventNames
{
    private readonly Dictionary<(string File, int Type), string[]> _known = [];

    /// <summary>The event whose handlers a field keeps. Compilers name the field as the event; the platform's own code prefixes it.</summary>
    /// <returns>The event's name; null where the field is no event's, or the assembly is not on disk.</returns>
    public string? Of(ClrType type, string field)
    {
        if (type.Module?.Name is not { Length: > 0 } file) return null;
        if (!_known.TryGetValue((file, type.MetadataToken), out var events)) _known[(file, type.MetadataToken)] = events = Read(file, type.MetadataToken);
        var plain = field.StartsWith("s_", StringComparison.Ordinal) || field.StartsWith("m_", StringComparison.Ordinal) ? field[2..] : field.TrimStart('_');
        return events.FirstOrDefault(e => string.Equals(e, plain, StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Read(string file, int token)
    {
        try
        {
            using var image = new PEReader(File.OpenRead(file));
            var metadata = image.GetMetadataReader();
            if (MetadataTokens.EntityHandle(token) is not { Kind: HandleKind.TypeDefinition } handle) return [];
            return [.. metadata.GetTypeDefinition((TypeDefinitionHandle)handle).GetEvents().Select(e => metadata.GetString(metadata.GetEventDefinition(e).Name))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException or ArgumentException)
        {
            // The file is gone or another by now; the field is named as it is.
            return [];
        }
    }
}
