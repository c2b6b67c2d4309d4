using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Updates.Applying;

/// <summary>
/// A folder of the version before, kept for a rollback. In it is written whose record speaks of it, so that nobody deletes what a host with another state directory still needs.
/// </summary>
internal static class KeptFolder
{
    /// <summary>No plugin's name begins so.</summary>
    private const string OwnerFile = ".owner.json";

    /// <summary>Makes the folder. Write the record that speaks of it before.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static void Claim(string folder, string record)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, OwnerFile), JsonSerializer.SerializeToUtf8Bytes(new KeptOwner(Environment.MachineName, record), KeptJsonContext.Default.KeptOwner));
    }

    /// <summary>Whether a record speaks of the folder, or may.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="own">The record of this host, which is asked where the folder does not say whose it is.</param>
    public static bool IsNeeded(string folder, string own)
    {
        try
        {
            var owner = OwnerOf(folder);
            // The disk of another machine cannot be looked at, and no other machine is asked because a file says so.
            if (owner is not null && (owner.Machine != Environment.MachineName || !IsLocal(owner.Record))) return true;
            // By its name, which is random: the way to it may be another one now.
            return new[] { owner?.Record, own }.OfType<string>().Any(record => UpdateJournal.ReadAt(record).Pending.Values.Any(p => Path.GetFileName(p.Kept) == Path.GetFileName(folder)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // A record that cannot be read may speak of it.
            return true;
        }
    }

    private static bool IsLocal(string path) => Path.IsPathFullyQualified(path) && !path.Contains('\0', StringComparison.Ordinal) && Uri.TryCreate(path, UriKind.Absolute, out var address) && !address.IsUnc;

    /// <summary>Null where a process died before it had written it, so that nothing lies there yet, or where it is damaged.</summary>
    private static KeptOwner? OwnerOf(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, OwnerFile));
        if (file is not { Exists: true, Length: > 0 }) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), KeptJsonContext.Default.KeptOwner) is { Machine: not null, Record: not null } owner ? owner : null;
        }
        catch (JsonException)
        {
            // Written by hand, or lost by the disk: then this host's record is what there is to go by.
            return null;
        }
    }
}

/// <summary>Whose record speaks of a kept folder.</summary>
/// <param name="Machine">The machine.</param>
/// <param name="Record">The record's path there.</param>
internal sealed record KeptOwner(string Machine, string Record);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptOwner))]
internal sealed partial class KeptJsonContext : JsonSerializerContext;
