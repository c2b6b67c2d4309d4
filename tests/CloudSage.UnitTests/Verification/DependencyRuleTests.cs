using CloudSage.PluginHost;
using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Fixtures;
using Microsoft.CodeAnalysis;

namespace CloudSage.UnitTests.Verification;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class DependencyRuleTests : IDisposable
{
    private readonly StagedFolder _plugin = new();

    public void Dispose() => _plugin.Dispose();

    private static TestAssembly Library(string name, int major = 1, params MetadataReference[] references)
        => new(name) { Source = $"public class {name} {{ }}", Version = new Version(major, 0, 0, 0), References = references };

    private static TestAssembly User(string name, string used, params MetadataReference[] references)
        => new(name) { Source = $"public abstract class {name} : {used} {{ }}", References = references };

    private static TestAssembly Entry(string used, params MetadataReference[] references)
        => new("Plugin") { Source = $"{TestAssembly.ScannerSource} public abstract class Uses : {used} {{ }}", References = [TestAssembly.Contracts, .. references] };

    [TestCase("A.dll")]
    [TestCase("runtimes/linux/lib/net8.0/A.dll")]
    public void Library_among_the_plugins_files_is_found(string path)
        => _plugin.With(Entry("A", Library("A").ToReference())).With(path, Library("A").Build()).Verify().Findings.Should().BeEmpty();

    [Test]
    public void Missing_libraries_of_the_entry_are_one_error_that_names_them()
    {
        _plugin.With(new TestAssembly("Plugin")
        {
            Source = TestAssembly.ScannerSource + "public abstract class U1 : A { } public abstract class U2 : B { }",
            References = [TestAssembly.Contracts, Library("A").ToReference(), Library("B", 2).ToReference()],
        });

        var finding = _plugin.VerifyToOne(VerificationCodes.DependencyMissing);

        finding.Message.Should().Contain("A 1.0.0.0 (for 'Plugin.dll')").And.Contain("B 2.0.0.0");
        finding.Remedy.Should().Contain("dotnet publish");
    }

    [Test]
    public void What_only_a_library_lacks_is_a_warning()
    {
        var deep = Library("Deep").ToReference();
        var middle = User("Middle", "Deep", deep);
        _plugin.With(Entry("Middle", middle.ToReference(), deep)).With("Middle.dll", middle.Build());

        _plugin.VerifyToOne(VerificationCodes.DependencyMissing, FindingSeverity.Warning).Message.Should().Contain("Deep 1.0.0.0 (for 'Middle.dll')");
    }

    [Test]
    public void Two_versions_needed_of_one_library_are_fine_if_the_higher_is_there_and_told_if_not()
    {
        var old = Library("A", 1);
        var young = Library("A", 2);
        var middle = User("Middle", "A", young.ToReference());
        _plugin.With(new TestAssembly("Plugin") { Source = TestAssembly.ScannerSource + "public class Holder { public A? One; public Middle? Other; }", References = [TestAssembly.Contracts, old.ToReference(), EmptyMiddle()] })
            .With("Middle.dll", middle.Build());

        _plugin.With("A.dll", young.Build()).Verify().Findings.Should().BeEmpty();
        _plugin.With("A.dll", old.Build()).VerifyToOne(VerificationCodes.DependencyTooOld, FindingSeverity.Warning)
            .Message.Should().Contain("A 2.0.0.0 (for 'Middle.dll', shipped is 1.0.0.0)");

        static MetadataReference EmptyMiddle() => Library("Middle").ToReference();
    }

    [Test]
    public void Lower_version_than_the_entry_needs_is_an_error()
        => _plugin.With(Entry("A", Library("A", 2).ToReference())).With("A.dll", Library("A", 1).Build()).VerifyToOne(VerificationCodes.DependencyTooOld);

    [Test]
    public void Host_applications_own_libraries_are_not_the_frameworks()
    {
        // Newtonsoft or NUnit lie beside the test host, as private libraries lie beside a host application.
        _plugin.With(Entry("NUnit.Framework.TestAttribute", MetadataReference.CreateFromFile(typeof(TestAttribute).Assembly.Location)));

        _plugin.VerifyToOne(VerificationCodes.DependencyMissing).Message.Should().Contain("nunit.framework");
    }

    [Test]
    public void Libraries_that_reference_each_other_in_a_circle_are_no_trouble()
    {
        var a = User("A", "B", Library("B").ToReference());
        var b = User("B", "A", Library("A").ToReference());

        _plugin.With(Entry("A", Library("A").ToReference())).With("A.dll", a.Build()).With("B.dll", b.Build()).Verify().Findings.Should().BeEmpty();
    }
}
