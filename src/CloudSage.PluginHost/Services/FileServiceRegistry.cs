using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Services;

/// <summary>
/// What a host serves, as a JSON file that is replaced as a whole: who reads it sees the old or the new, never a part. It is gone when the host has stopped; of a host that died it
/// stays, and has expired. A file is of one host: the last that writes has it.
/// </summary>
/// <param name="path">The file.</param>
public sealed class FileServiceRegistry(string path) : IServiceRegistry
{
    /// <summary>Reads the file of a host.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What the host serves, or served: see <see cref="HostServices.IsCurrent"/>. Null where there is no file.</returns>
    /// <exception cref="InvalidDataException">It is no such file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static HostServices? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), ServicesJson.Default.HostServices) is { Host: not null, Services: not null } read
                ? read
                : throw new JsonException("it lacks 'host' or 'services'");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            // Nobody has written it, or the host has stopped.
            return null;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The file '{path}' does not say what a host serves: {e.Message}", e);
        }
    }

    /// <inheritdoc />
    public async Task PublishAsync(HostServices services, CancellationToken cancellationToken)
    {
        var full = Path.GetFullPath(path);
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(full)!).FullName;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.new");
        // Not flushed to the disk: after a crash of the machine nobody serves what it would say.
        await File.WriteAllBytesAsync(temporary, JsonSerializer.SerializeToUtf8Bytes(services, ServicesJson.Default.HostServices), cancellationToken).ConfigureAwait(false);
        File.Move(temporary, full, overwrite: true);
    }

    /// <inheritdoc />
    public Task WithdrawAsync(ServiceHost host, CancellationToken cancellationToken)
    {
        // Another host may have taken the file over.
        if (Read(path)?.Host.Instance == host.Instance) File.Delete(path);
        return Task.CompletedTask;
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HostServices))]
internal sealed partial class ServicesJson : JsonSerializerContext;
