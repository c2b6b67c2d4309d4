using CloudSage.PluginHost.Discovery;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.PluginHost.Staging;

/// <summary>The words of this room's findings.</summary>
internal static class StagingFindings
{
    public static Finding Changed(string relativePath)
        => Finding.Error(
            StagingCodes.ChangedWhileStaging, $"'{relativePath}' changed while it was copied.", "Nothing to do: it is looked at again.", new(relativePath));

    public static Finding LinkLeaves(string relativePath, string target)
        => Finding.Error(
            DiscoveryCodes.LinkLeavesDirectory, $"The link '{relativePath}' leads out of the plugin directory, to '{target}'.",
            "Copy the file instead of linking it.", new(relativePath));

    public static Finding Unreadable(string relativePath, Exception e)
        => Finding.Error(
            StagingCodes.SourceUnreadable, $"'{relativePath}' cannot be read: {e.Message}", "Give the host's account read access.", new(relativePath));

    public static Finding Unwritable(string store, Exception e)
        => Finding.Error(
            StagingCodes.StoreUnwritable, $"The store '{store}' cannot be written: {e.Message}",
            "Free space on its disk, or make it writable for the host's account.", new(store));

    public static Finding UnpackingFailed(string archive, string why)
        => Finding.Error(
            StagingCodes.UnpackingFailed, $"'{archive}' could not be unpacked: {ShownText.Escape(why)}", "Mend what the message names, then retry the plugin.", new(archive));

    public static Finding Damaged(string entry)
        => Finding.Warning(
            StagingCodes.StoreEntryDamaged, $"The files in '{entry}' were altered since they were staged; they were replaced by the plugin's own.",
            "Find out what writes to the store; nothing but the host should.", new(entry));

    public static Finding InUse(string store, string? owner)
        => Finding.Error(
            StagingCodes.StoreInUse, $"The store '{store}' is in use by another host{(owner is null ? string.Empty : $", process {owner}")}.",
            "Stop the other host, or give this one a StoreDirectory of its own.", new(store));

    public static Finding Unusable(string store, Exception e)
        => Finding.Error(
            StagingCodes.StoreUnusable, $"The store '{store}' cannot be opened: {e.Message}",
            "Make its directory writable for the host's account, or choose another StoreDirectory.", new(store));
}
