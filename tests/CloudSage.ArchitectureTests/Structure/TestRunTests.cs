using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>A test that nobody runs is no test.</summary>
public sealed class TestRunTests
{
    private static readonly IEnumerable<SourceProject> Suites = Repository.Projects("tests")
        .Where(project => project.Items("PackageReference").Any(reference => reference.Include == "Microsoft.NET.Test.Sdk"));

    [Test]
    public void Test_script_runs_every_suite()
    {
        var script = Repository.Find("test.sh")!.Text;
        var runsAll = script.Contains("tests/*/*.csproj", StringComparison.Ordinal);
        Suites.Should().NotBeEmpty();
        Rule.Holds("test.sh does not run this suite.",
            from suite in Suites
            where !(runsAll && suite.Folder.Split('/').Length == 2) && !script.Contains(suite.Name, StringComparison.Ordinal)
            select suite.File.Path);
    }

    [Test]
    public void Solution_holds_every_project()
    {
        var solution = Repository.Find("CloudSage.PluginHost.sln")!.Text;
        Rule.Holds("The solution lacks a project.",
            from project in Repository.Products.Concat(Suites).Concat(Repository.Projects("samples"))
            where !solution.Contains(Path.GetFileName(project.File.Path), StringComparison.Ordinal)
            select project.File.Path);
    }
}
