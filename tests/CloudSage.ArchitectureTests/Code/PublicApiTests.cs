using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>What is public is recorded, so that nobody widens or breaks it unseen.</summary>
public sealed class PublicApiTests
{
    private static readonly SourceProject[] Recorded =
        [.. Repository.Products.Where(project => project.Name is "CloudSage.Plugins.Abstractions" or "CloudSage.PluginHost" or "CloudSage.Plugins.Testing")];

    [Test]
    public void Contracts_engine_and_test_host_record_their_public_api()
        => Rule.Holds("The public API is not recorded, or nothing checks the record.",
            from project in Recorded
            where Records(project).Any(record => record is null)
                || !project.Items("PackageReference").Any(reference => reference.Include == "Microsoft.CodeAnalysis.PublicApiAnalyzers")
            select project.File.Path);

    [Test]
    public void An_unrecorded_member_is_an_error_once_something_is_recorded()
    {
        if (Recorded.SelectMany(Records).All(record => record!.Lines.Count < 2)) Assert.Ignore("Nothing is recorded yet.");
        var severity = Repository.Find(".editorconfig")!.Lines.Last(line => line.StartsWith("dotnet_diagnostic.RS0016.severity", StringComparison.Ordinal));
        severity.Split('=')[1].Trim().Should().Be("error");
    }

    private static SourceFile?[] Records(SourceProject project)
        => [Repository.Find(project.Folder + "/PublicAPI.Shipped.txt"), Repository.Find(project.Folder + "/PublicAPI.Unshipped.txt")];
}
