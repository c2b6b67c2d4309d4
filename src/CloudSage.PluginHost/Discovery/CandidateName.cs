namespace CloudSage.PluginHost.Discovery;

/// <summary>What a plugin is called while its manifest cannot say it.</summary>
internal static class CandidateName
{
    /// <summary>The name of its DLL or archive without extension, or of its folder, in which a dot is a dot.</summary>
    public static string Of(string path)
        => BareAssembly.IsAssembly(path) || ArchiveName.IsArchive(path) ? Path.GetFileNameWithoutExtension(path) : Path.GetFileName(path);
}
