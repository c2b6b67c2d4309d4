namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>Where the records of a database lie.</summary>
internal interface IRecordStore
{
    /// <summary>Every JSON file, by its path in the database with forward slashes, in ordinal order.</summary>
    /// <exception cref="IOException">The database cannot be read.</exception>
    IReadOnlyList<string> List();

    /// <summary>The whole content of files, one after the other.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or longer than <see cref="RecordLimits.Bytes"/>.</exception>
    IEnumerable<(string Path, byte[] Content)> Read(IEnumerable<string> paths);
}
