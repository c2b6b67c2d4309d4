namespace CloudSage.PluginHost.Manifests;

/// <summary>A manifest's bytes as found on disk, not yet read.</summary>
/// <param name="Bytes">The bytes, at most <see cref="ManifestText.MaxBytes"/>.</param>
/// <param name="File">Its name for messages, relative to the plugin.</param>
internal sealed record ManifestContent(ReadOnlyMemory<byte> Bytes, string File);
