namespace CloudSage.UnitTests.Advisories;

/// <summary>A database of advisories in a folder, as a test makes it.</summary>
internal static class AdvisoryFolder
{
    /// <summary>Writes a record about a Python package.</summary>
    public static void Record(string database, string id, string package, string fixedIn, DateTimeOffset modified)
        => File.WriteAllText(Path.Combine(Directory.CreateDirectory(database).FullName, id + ".json"), $$"""
            { "id": "{{id}}", "modified": "{{modified:O}}", "summary": "bad",
              "affected": [ { "package": { "ecosystem": "PyPI", "name": "{{package}}" },
                "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "{{fixedIn}}" } ] } ] } ] }
            """);
}
