namespace CloudSage.PluginHost.NuGet.Feeds;

/// <summary>Carries a finding out of nested downloads to where the plan is made; never further.</summary>
internal sealed class FindingException(Finding finding) : Exception(finding.Message)
{
    public Finding Finding => finding;
}
