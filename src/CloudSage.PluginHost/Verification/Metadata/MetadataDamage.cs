namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>The ways in which reading crafted or broken metadata fails: the reader checks bounds, but says so by many exceptions.</summary>
internal static class MetadataDamage
{
    public static bool Is(Exception e)
        => e is BadImageFormatException or InvalidOperationException or ArgumentException or OverflowException or IndexOutOfRangeException
            or EndOfStreamException or NotSupportedException or InvalidCastException;
}
