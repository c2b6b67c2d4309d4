using CloudSage.Fixtures.Embedder;
using CloudSage.Plugins;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace CloudSage.IntegrationTests.Loading;

/// <summary>Contracts are one type for host and plugins, whatever copies lie about; and a contract that does not fit is said before the load.</summary>
internal sealed class TypeSharingTests : HostTests
{
    private const string Probe = """public ValueTask<Answer> AskAsync(string question, CancellationToken cancellationToken) => ValueTask.FromResult(new Answer(CodeVersion + " " + question));""";

    [Test]
    public async Task Two_plugins_implement_one_extension_point_of_the_embedders()
    {
        Plugins.Add(new PluginSource("first") { Version = "1.0.0", Implements = "IProbe", Members = Probe, Manifest = "extension_points: [{ point: Probe, priority: 1 }]" });
        Plugins.Add(new PluginSource("second") { Version = "2.0.0", Implements = "IProbe", Members = Probe, Manifest = "extension_points: [{ point: Probe, priority: 9 }]" });
        await using var host = await StartAsync();

        var outcomes = await host.Broker.InvokeAllAsync<IProbe, string, Answer>("well?", static (probe, question, token) => probe.AskAsync(question, token), null, CancellationToken.None);

        outcomes.Select(static o => (o.Plugin, o.Value?.Text)).Should().Equal(("second", "2.0.0 well?"), ("first", "1.0.0 well?"));
    }

    [Test]
    public async Task A_plugins_own_copies_of_shared_assemblies_are_ignored_with_a_warning()
    {
        var plugin = new PluginSource("copies") { Implements = "IProbe", Members = Probe, Parameters = "ILogger<Plugin> logger", Start = """logger.LogInformation("hello from {Plugin}", "copies");""" }.Build();
        foreach (var type in (Type[])[typeof(ExtensionPointAttribute), typeof(IProbe), typeof(Answer), typeof(ILogger)])
            plugin = plugin.With(Path.GetFileName(type.Assembly.Location), await File.ReadAllBytesAsync(type.Assembly.Location));
        Plugins.Add(plugin);
        await using var host = await StartAsync();

        var outcome = await host.Broker.InvokeAsync<IProbe, string, Answer>("copies", "well?", static (probe, question, token) => probe.AskAsync(question, token), null, CancellationToken.None);

        outcome.Value.Should().Be(new Answer("1.0.0 well?"));
        host.Logs.Entries.Should().Contain(static l => l.Message == "hello from copies");
        var warning = host.Find("copies")!.Findings.Should().ContainSingle(static f => f.Code == "CSG1334").Subject;
        warning.Severity.Should().Be(FindingSeverity.Warning);
        warning.Message.Should().Contain("CloudSage.Plugins.Abstractions");
        PluginMemory.LoadedFrom(Place.Store).Should().ContainSingle("only the plugin itself is loaded from its folder");
    }

    [TestCase("beside it")]
    [TestCase("in a folder", Description = "Then McMaster's context resolves, not the engine's own.")]
    public async Task A_copy_of_a_shared_assembly_is_not_loaded_even_where_a_library_needs_a_version_that_the_host_does_not_have(string library)
    {
        var hidden = FixtureCompiler.Compile(
            "CloudSage.Plugins.Abstractions", """namespace CloudSage.Plugins; public static class Hidden { public static string Tell() => "not examined"; }""", new Version(99, 0, 0, 0),
            contract: MetadataReference.CreateFromFile(typeof(object).Assembly.Location));
        var part = FixtureCompiler.Compile(
            "Part", """public static class Part { public static string Tell() => CloudSage.Plugins.Hidden.Tell(); }""", new Version(1, 0, 0, 0), contract: MetadataReference.CreateFromImage(hidden));
        var plugin = new PluginSource("copies")
        {
            References = [MetadataReference.CreateFromImage(part)],
            Execute = """try { return new CommandResult(true, Part.Tell()); } catch (TypeLoadException) { return new CommandResult(true, "no such type"); }""",
        }.Build().With("Part.dll", part).With("CloudSage.Plugins.Abstractions.dll", hidden);
        if (library == "in a folder") plugin = plugin.With("runtimes/any/lib/net10.0/Other.dll", part);
        Plugins.Add(plugin);
        // In a process of its own: the default context of a test runner gives whatever version is there.
        using var host = ChildHost.Start(Place);
        await host.ReadyAsync();

        (await host.SendAsync("ask copies run")).Should().Be("Succeeded no such type", "{0}", host.Log);
        (await host.SendAsync("state copies")).Should().Contain("CSG1334");
        (await host.StopAsync()).Should().Be(0);
    }

    [Test]
    public async Task A_plugin_built_against_a_contract_that_the_host_does_not_have_is_refused_before_it_is_loaded()
    {
        var contract = FixtureCompiler.Compile(
            "CloudSage.Plugins.Abstractions",
            """namespace CloudSage.Plugins; [System.AttributeUsage(System.AttributeTargets.Interface)] public sealed class ExtensionPointAttribute(string name) : System.Attribute { public string Name => name; } [ExtensionPoint("Future")] public interface IFuture;""",
            new Version(2, 0, 0, 0),
            contract: MetadataReference.CreateFromFile(typeof(object).Assembly.Location));
        Plugins.Add(new PluginSource("future") { Source = "public sealed class Plugin : CloudSage.Plugins.IFuture;", Contract = MetadataReference.CreateFromImage(contract) });
        await using var host = await StartAsync();

        var status = host.Find("future")!;
        status.State.Should().Be(PluginState.Rejected);
        status.Findings.Should().Contain(static f => f.Code == "CSG1332" && f.Message.Contains("2.0"));
        PluginMemory.LoadedFrom(Place.Store).Should().BeEmpty();
    }

    [Test]
    public async Task A_plugin_that_declares_a_point_which_it_does_not_implement_is_refused()
    {
        Plugins.Add(new PluginSource("boaster") { Manifest = "extension_points: [AlertHandler]" });
        await using var host = await StartAsync();

        host.Find("boaster")!.State.Should().Be(PluginState.Rejected);
        host.Find("boaster")!.Findings.Should().Contain(static f => f.Code == "CSG1506" && f.Location!.Line > 0);
    }
}
