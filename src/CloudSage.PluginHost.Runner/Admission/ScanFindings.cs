using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>The words for what was found.</summary>
internal static class ScanFindings
{
    private const int Examples = 4;

    public static Finding Undeclared(Power power, string file, IReadOnlyList<PowerUse> uses)
        => Finding.Error(power.Code, $"'{file}' {power.Verb}, which the manifest does not ask for: {Text(uses)}.", power.Remedy, new FindingLocation(file));

    public static Finding NotGranted(Power power, string plugin, string file, IReadOnlyList<PowerUse> uses) => Finding.Error(
        ScanCodes.NotGranted, $"'{file}' {power.Verb}, and {power.Permission} is not granted to {plugin}: {Text(uses)}.",
        $"Grant it: csg plugins grant {plugin} {power.Permission}, or add \"{power.Permission}\" to PluginHost:Permissions:Grants:{plugin} in the host's configuration.", new FindingLocation(file));

    public static Finding Unscannable(string file, string reason) => Finding.Error(
        ScanCodes.Unscannable, $"'{file}' cannot be looked into: {reason}.", "Build it again, or leave it out: what cannot be looked into is not let in.", new FindingLocation(file));

    public static Finding Lost(string file, ScanAnswer answer) => answer.End switch
    {
        ScanEnd.Silent => Finding.Error(ScanCodes.ScannerSilent, $"The scan of '{file}' did not end. {answer.Reason}", "Raise FileTimeout of the scan if the file is large; otherwise leave it out.", new FindingLocation(file)),
        ScanEnd.NotStarted => Finding.Error(ScanCodes.NoScanner, $"The scanner cannot be started. {answer.Reason}", "Mend what it needs, then retry the plugin: what is not scanned is not let in."),
        _ => Finding.Error(ScanCodes.ScannerDied, $"The scanner died over '{file}'. {answer.Reason}", "Build the file again, or raise HeapMegabytes of the scan if it is large; a file made to kill its reader stays out.", new FindingLocation(file)),
    };

    private static string Text(IReadOnlyList<PowerUse> uses)
    {
        var places = uses.Sum(static u => u.Count);
        var named = string.Join(", ", uses.Take(Examples).Select(static u => u.FirstIn is null ? u.What : $"{u.What} (first in {u.FirstIn})"));
        return $"{named}{(uses.Count > Examples ? $", and {uses.Count - Examples} more" : string.Empty)}; {places} {(places == 1 ? "place" : "places")}";
    }
}
