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
        var script = Repository.Find("test.sh");
        if (script is null) Assert.Ignore("There is no test.sh yet.");
        Rule.Holds("test.sh neither runs the solution nor names this suite.",
            from suite in Suites
            where !script.Text.Contains(".sln", StringComparison.Ordinal) && !script.Text.Contains(suite.Name, StringComparison.Ordinal)
            select suite.File.Path);
    }

    [Test]
    public void Solution_holds_every_project()
    {
        var solution = Repository.Find("CloudSage.PluginHost.sln");
        if (solution is null) Assert.Ignore("There is no solution yet.");
        Rule.Holds("The solution lacks a project.",
            from project in Repository.Products.Concat(Suites).Concat(Repository.Projects("samples"))
            where !solution.Text.Contains(Path.GetFileName(project.File.Path), StringComparison.Ordinal)
            select project.File.Path);
    }
}
