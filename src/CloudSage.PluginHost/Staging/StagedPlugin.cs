namespace CloudSage.PluginHost.Staging;

/// <summary>A candidate's files in the content-addressed store: read once, hashed, never changed again.</summary>
/// <param name="Hash">The SHA-256 over all names and contents, in lower-case hexadecimal digits.</param>
/// <param name="Directory">The absolute path of the folder in the store.</param>
/// <param name="Files">The files, by relative path with forward slashes, in ordinal order.</param>
internal sealed record StagedPlugin(string Hash, string Directory, IReadOnlyList<StagedFile> Files);

/// <summary>One file in the store.</summary>
/// <param name="RelativePath">Its path in the plugin, with forward slashes.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Sha256">The SHA-256 of its content, in lower-case hexadecimal digits.</param>
internal sealed record StagedFile(string RelativePath, long Length, string Sha256);
