namespace CloudSage.PluginHost.Advisories.Versions;

/// <summary>How the versions of an ecosystem follow each other.</summary>
internal interface IVersionOrder
{
    /// <summary>Reads a version.</summary>
    /// <returns>Something that is comparable with the others that this order reads; null where the text is no version of the ecosystem.</returns>
    IComparable? Read(string text);
}
