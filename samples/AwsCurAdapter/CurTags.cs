using CloudSage.Samples.BillingFiles;

namespace CloudSage.Samples.AwsCur;

/// <summary>CUR has a column for every tag: <c>resourceTags/user:Owner</c>, with Athena <c>resource_tags_user_owner</c>.</summary>
internal static class CurTags
{
    private static readonly string[] Prefixes = ["resourceTags/user:", "resource_tags_user_", "resourceTags/", "resource_tags_"];

    /// <summary>The columns of tags, each with its tag's key. A tag that AWS made keeps its prefix (<c>aws:createdBy</c>).</summary>
    public static (string Key, TextColumn Column)[] Find(BillingTable table) =>
    [
        .. from name in table.Header
           let prefix = Prefixes.FirstOrDefault(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
           where prefix is not null && name.Length > prefix.Length
           select (name[prefix.Length..], table.Text(name)),
    ];
}
