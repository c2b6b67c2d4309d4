using System.Xml.Linq;
using CloudSage.ArchitectureTests.Source;

namespace CloudSage.ArchitectureTests.Structure;

/// <summary>What a new plugin begins with is what this repository stands on.</summary>
public sealed class TemplateTests
{
    [Test]
    public void Templates_use_the_versions_of_packages_that_the_repository_is_tested_with()
    {
        var central = XDocument.Parse(Repository.Find("Directory.Packages.props")!.Text).Descendants("PackageVersion")
            .ToDictionary(static package => package.Attribute("Include")!.Value, static package => package.Attribute("Version")!.Value);
        var projects = Repository.Projects("templates/shared").ToList();
        projects.Should().HaveCount(2);
        Rule.Holds("A template refers to another version than Directory.Packages.props, or to our own packages by a version that is not put in.",
            from project in projects
            from reference in project.Items("PackageReference")
            let wanted = reference.Include.StartsWith("CloudSage.", StringComparison.Ordinal) ? "0.0.0-cloudsage" : central.GetValueOrDefault(reference.Include)
            where reference.Metadata("Version") != wanted
            select $"{reference.Place}: {reference.Include} {reference.Metadata("Version")}, not {wanted}");
    }
}
