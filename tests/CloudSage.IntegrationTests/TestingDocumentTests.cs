using System.Reflection;
using System.Text.RegularExpressions;

namespace CloudSage.IntegrationTests;

/// <summary>Holds docs/testing.md to the tests.</summary>
internal sealed partial class TestingDocumentTests
{
    [Test]
    public void Every_test_that_the_document_names_is_there()
    {
        var document = File.ReadAllText(Path.Combine(BuiltFixtures.RepositoryRoot, "docs", "testing.md"));
        var named = TestName().Matches(document).Select(static m => m.Groups[1].Value).Distinct().ToArray();
        var methods = typeof(TestingDocumentTests).Assembly.GetTypes().SelectMany(static t => t.GetMethods()).ToArray();
        var tests = methods.Select(static m => m.Name)
            .Concat(methods.SelectMany(static m => m.GetCustomAttributes<TestCaseAttribute>()).Select(static c => c.TestName).OfType<string>());

        named.Should().HaveCountGreaterThan(80).And.BeSubsetOf(tests);
    }

    /// <summary>Words joined by underscores in backticks.</summary>
    [GeneratedRegex("`([A-Za-z0-9]+(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex TestName();
}
