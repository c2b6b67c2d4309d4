using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Verification;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class EntryTypeRuleTests : IDisposable
{
    private readonly StagedFolder _plugin = new();

    public void Dispose() => _plugin.Dispose();

    /// <summary>The contract is a stub with an empty interface, so that the classes here can be one line each.</summary>
    private StagedFolder With(string source, string? entryType = null)
    {
        _plugin.Manifest = _plugin.Manifest with { EntryType = entryType };
        return _plugin.With(new TestAssembly("Plugin")
        {
            Source = "using CloudSage.Plugins.Commands; " + source,
            References = [StagedFolder.References.Contract(StagedFolder.ContractVersion.Major, StagedFolder.ContractVersion.Minor)],
        });
    }

    [TestCase("public class A : ICommandHandler { }", Description = "directly")]
    [TestCase("public abstract class B : ICommandHandler { } public class A : B { }", Description = "by a base class")]
    [TestCase("public abstract class B<T> : ICommandHandler { } public class A : B<A> { }", Description = "by a generic base class")]
    [TestCase("public interface I : ICommandHandler { } public class A : I { }", Description = "by an interface")]
    [TestCase("public interface I<T> : ICommandHandler { } public class A : I<int> { }", Description = "by a generic interface")]
    [TestCase("public class Outer { public class A : ICommandHandler { } }", Description = "nested")]
    [TestCase("public class A : ICommandHandler { } class B : ICommandHandler { } public abstract class C : A { } public class D<T> : A { } public struct S : ICommandHandler { }", Description = "beside unfit ones")]
    public void The_one_class_that_serves_is_found(string source) => With(source).Verify().Findings.Should().BeEmpty();

    [TestCase("public class X { } class A : ICommandHandler { }", "not public")]
    [TestCase("public abstract class A : ICommandHandler { }", "abstract or static")]
    [TestCase("public class A<T> : ICommandHandler { }", "generic")]
    [TestCase("public interface A : ICommandHandler { }", "No public class")]
    public void No_class_that_can_serve_is_told_with_the_nearest(string source, string flaw)
        => With(source).VerifyToOne(VerificationCodes.NoEntryType).Message.Should().Contain(flaw);

    [Test]
    public void Two_classes_are_named_and_entry_type_decides()
    {
        const string two = "namespace N { public class A : ICommandHandler { } public class B : A { } }";

        var finding = With(two).VerifyToOne(VerificationCodes.SeveralEntryTypes);
        finding.Message.Should().Contain("'N.A', 'N.B'");
        finding.Remedy.Should().Contain("entry_type: N.A");
        With(two, "N.B").Verify().Findings.Should().BeEmpty();
    }

    [Test]
    public void Base_class_in_a_library_may_hide_what_a_class_serves_and_is_given_the_benefit_of_the_doubt()
    {
        var library = new TestAssembly("Library") { Source = "public class Base { }", References = [] };
        _plugin.With("Library.dll", library.Build()).With(new TestAssembly("Plugin")
        {
            Source = "public class A : Base { public CloudSage.Plugins.PluginContext? Context; }",
            References = [TestAssembly.Contracts, library.ToReference()],
        });

        _plugin.Verify().Findings.Should().BeEmpty();
    }

    [TestCase("N.Missing", VerificationCodes.EntryTypeMissing)]
    [TestCase("n.a", VerificationCodes.EntryTypeMissing)]
    [TestCase("N.Hidden", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.Abstract", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.Static", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.Generic`1", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.I", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.S", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.E", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.F", VerificationCodes.EntryTypeUnfit)]
    [TestCase("N.Hidden+Nested", VerificationCodes.EntryTypeUnfit)]
    public void Entry_type_that_cannot_be_made_is_told(string entryType, string code)
        => With(
            """
            namespace N
            {
                public class A : ICommandHandler { }
                class Hidden { public class Nested : ICommandHandler { } }
                public abstract class Abstract { } public static class Static { } public class Generic<T> { }
                public interface I { } public struct S { } public enum E { } public delegate void F();
            }
            """, entryType).VerifyToOne(code).Message.Should().Contain(entryType);

    [Test]
    public void Mistyped_entry_type_is_answered_with_the_one_there_is()
        => With("namespace N { public class A : ICommandHandler { } }", "A").VerifyToOne(VerificationCodes.EntryTypeMissing).Remedy.Should().Contain("'N.A'");
}
