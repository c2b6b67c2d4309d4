namespace CloudSage.PluginHost.Staging.Archives;

/// <summary>What the runtime's reader throws at archives that are damaged, crafted, or packed by a method that it does not know.</summary>
internal static class ArchiveDamage
{
    public static bool Is(Exception e) => e is InvalidDataException or IOException or NotSupportedException or ArgumentException or OverflowException;
}
