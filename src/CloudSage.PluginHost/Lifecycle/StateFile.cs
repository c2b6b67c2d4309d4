using System.Text.Json;

namespace CloudSage.PluginHost.Lifecycle;

/// <summary>The state on disk. Written whole to a file beside it, flushed, then renamed over it: a crash leaves the old or the new state, never a part.</summary>
internal sealed class StateFile(string directory)
{
    private readonly string _path = Path.Combine(directory, "state.json");

    /// <summary>Reads the state; a state that was never written is empty.</summary>
    /// <exception cref="InvalidDataException">The file is there but is no state.</exception>
    public HostState Read()
    {
        if (!File.Exists(_path)) return new HostState();
        try
        {
            var state = JsonSerializer.Deserialize(File.ReadAllBytes(_path), LifecycleJsonContext.Default.HostState);
            return state ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{LifecycleCodes.StateDamaged}: The state file '{_path}' is damaged: {e.Message} "
                + "Mend it, or delete it to enable every plugin and lift every quarantine.", e);
        }
    }

    public void Write(HostState state)
    {
        Directory.CreateDirectory(directory);
        var temporary = _path + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(stream, state, LifecycleJsonContext.Default.HostState);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
    }
}
