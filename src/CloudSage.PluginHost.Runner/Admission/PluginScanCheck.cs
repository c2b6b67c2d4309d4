using CloudSage.PluginHost.Runner.Child;
using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.PluginHost.Verification;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>Lets a .NET plugin in where its permissions cover what its files can do: all its files, whether the entry assembly refers to them or not.</summary>
internal sealed class PluginScanCheck(FileScan scan, SharedNames shared) : IPluginCheck
{
    private const string DotNet = "dotnet";

    public RegistrationStep Step => RegistrationStep.Scan;

    public bool YieldsToPolicy => true;

    /// <summary>What the code of a plugin does by itself passes no gate: once that is no longer granted, only unloading it denies it.</summary>
    public bool Withdraws(Finding finding) => finding.Code == ScanCodes.NotGranted;

    public async ValueTask<IReadOnlyList<Finding>> CheckAsync(PluginCheckSubject plugin, CancellationToken cancellationToken)
    {
        if (!plugin.Manifest.Language.Equals(DotNet, StringComparison.OrdinalIgnoreCase)) return [];
        var declared = plugin.Manifest.Permissions.Select(static p => p.Name).ToHashSet(StringComparer.Ordinal);
        var findings = new List<Finding>();
        foreach (var file in PluginFile.In(plugin.Directory).Where(static f => f.Kind != FileKind.Data))
        {
            var answer = file.Kind == FileKind.Native ? Native : await scan.OfAsync(file, cancellationToken).ConfigureAwait(false);
            if (answer.Report is not { } report) findings.Add(ScanFindings.Lost(file.RelativePath, answer));
            else if (report.Refusal is { } reason) findings.Add(ScanFindings.Unscannable(file.RelativePath, reason));
            else if (!IsHosts(plugin, file, report)) findings.AddRange(Judge(plugin, declared, file, report));
            // Without a scanner each further file would be told the same.
            if (answer.End == ScanEnd.NotStarted) break;
        }

        return findings;
    }

    private static ScanAnswer Native { get; } = new(
        ScanEnd.Report, new ScanReport { Sha256 = string.Empty, Uses = [new PowerUse(PluginPermissions.UseNativeCode, ConstructText.Of(Construct.NativeImage), null, 1)] }, string.Empty);

    /// <summary>A copy of what the host shares is never loaded: the host's own takes its place. Save where the plugin would start with it.</summary>
    private bool IsHosts(PluginCheckSubject plugin, PluginFile file, ScanReport report)
        => report.Assembly is { } name && shared.Contain(name) && Path.GetFileName(file.RelativePath).Equals(name + ".dll", StringComparison.OrdinalIgnoreCase)
            && !file.RelativePath.Equals(plugin.Manifest.EntryPoint, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Finding> Judge(PluginCheckSubject plugin, HashSet<string> declared, PluginFile file, ScanReport report)
    {
        foreach (var uses in report.Uses.GroupBy(static u => u.Permission))
        {
            var power = Power.Of(uses.Key);
            if (!declared.Contains(power.Permission)) yield return ScanFindings.Undeclared(power, file.RelativePath, [.. uses]);
            // No later gate asks for these permissions: what is loaded can use them.
            else if (!plugin.IsGranted(power.Permission)) yield return ScanFindings.NotGranted(power, plugin.Manifest.Name, file.RelativePath, [.. uses]);
        }
    }
}
