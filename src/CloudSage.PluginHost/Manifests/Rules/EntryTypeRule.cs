using System.Text.RegularExpressions;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>The entry type is the full name of a .NET type that can be constructed: no generics, no assembly.</summary>
internal sealed partial class EntryTypeRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
    {
        if (document.Root.Scalar("entry_type") is { } type && !FullName().IsMatch(type.Text))
            yield return Finding.Error(
                ManifestCodes.EntryType, $"The entry type {ShownText.Quote(type.Text)} is not the full name of a .NET type.",
                "Write namespace and name, such as Contoso.Billing.BillingAdapter, without the assembly.", type.At);
    }

    [GeneratedRegex(@"\A[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]{0,127}(?:[.+][\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]{0,127}){0,31}\z")]
    private static partial Regex FullName();
}
