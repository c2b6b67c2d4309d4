using System.Runtime.Loader;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Loading;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Loading;

public sealed class PluginEntryTests
{
    private const string Members = """
        { public System.Threading.Tasks.ValueTask<CloudSage.Plugins.Commands.CommandResult> ExecuteAsync(
            CloudSage.Plugins.Commands.CommandRequest request, System.Threading.CancellationToken cancellationToken) => throw new System.NotSupportedException(); }
        """;

    [Test]
    public void The_one_public_class_with_an_extension_point_is_the_entry()
    {
        var entry = Find($"public class Plugin : CloudSage.Plugins.Commands.ICommandHandler {Members} public class Other {{ }}").Value!;
        entry.Type.Name.Should().Be("Plugin");
        entry.ExtensionPoints.Select(static p => p.Name).Should().Equal("CommandHandler");
        entry.StartupType.Should().BeNull();
    }

    [TestCase("internal class Plugin : CloudSage.Plugins.Commands.ICommandHandler {0}")]
    [TestCase("public abstract class Plugin : CloudSage.Plugins.Commands.ICommandHandler {0}")]
    [TestCase("public class Plugin<T> : CloudSage.Plugins.Commands.ICommandHandler {0}")]
    [TestCase("public class Plugin {{ }}")]
    public void A_class_that_cannot_be_made_or_serves_nothing_is_no_entry(string source)
        => Find(source.Replace("{0}", Members).Replace("{{", "{").Replace("}}", "}")).Findings.Should().ContainSingle().Which.Code.Should().Be("CSG1503");

    [Test]
    public void Of_several_classes_the_manifest_must_name_one()
    {
        var source = $"namespace N; public class B : CloudSage.Plugins.Commands.ICommandHandler {Members} public class A : CloudSage.Plugins.Commands.ICommandHandler {Members}";
        var finding = Find(source).Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be("CSG1504");
        finding.Remedy.Should().Contain("entry_type: N.A");
        Find(source, "N.B").Value!.Type.FullName.Should().Be("N.B");
    }

    [TestCase("N.Missing", "is not in")]
    [TestCase("N.Hidden", "is not a public")]
    [TestCase("N.Idle", "implements no extension point")]
    public void A_class_that_the_manifest_names_in_vain_is_refused(string wanted, string why)
        => Find("namespace N; class Hidden { } public class Idle { }", wanted).Findings.Should().ContainSingle().Which.Message.Should().Contain(why);

    private static StageResult<PluginEntry> Find(string source, string? wanted = null)
    {
        var context = new AssemblyLoadContext(null, isCollectible: true);
        var assembly = context.LoadFromStream(new MemoryStream(new TestAssembly("Subject") { Source = source }.Build()));
        var found = PluginEntry.Find(assembly, wanted);
        context.Unload();
        return found;
    }
}
