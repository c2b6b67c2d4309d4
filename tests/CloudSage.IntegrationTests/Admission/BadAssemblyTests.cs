namespace CloudSage.IntegrationTests.Admission;

/// <summary>Assemblies that cannot be a plugin are refused with a reason, before anything of them is loaded.</summary>
internal sealed class BadAssemblyTests : HostTests
{
    private const string Name = "bad";
    private const string Handler = "public ValueTask<CommandResult> ExecuteAsync(CommandRequest r, CancellationToken t) => default; }";
    private const string Usings = "using System.Threading; using System.Threading.Tasks; using CloudSage.Plugins.Commands; ";

    private static readonly PluginFiles Good = new PluginSource(Name).Build();

    [Test]
    public Task A_truncated_DLL() => RefusedAsync(Good.With("bad.dll", Good["bad.dll"][..^512]), "CSG1014");

    [Test]
    public Task An_empty_DLL() => RefusedAsync(Good.With("bad.dll", []), "CSG1014", "CSG1015", "CSG1311");

    [Test]
    public Task A_text_file_called_DLL() => RefusedAsync(Good.With("bad.dll", "Not Found"), "CSG1014", "CSG1015");

    [Test]
    public Task A_native_DLL() => RefusedAsync(Good.With("bad.dll", NativeLibrary()), "CSG1312");

    [Test]
    public Task A_DLL_of_random_metadata() => RefusedAsync(Good.With("bad.dll", Scrambled(Good["bad.dll"])), "CSG1315", "CSG1312", "CSG1014", "CSG1353");

    [Test]
    public Task No_entry_type() => RefusedAsync(
        new PluginSource(Name) { Source = "public sealed class Nothing(CloudSage.Plugins.PluginContext context) { public object Context => context; }" }.Build(), "CSG1353");

    [Test]
    public Task Two_entry_types() => RefusedAsync(
        new PluginSource(Name) { Source = Usings + "public sealed class One : ICommandHandler { " + Handler + " public sealed class Two : ICommandHandler { " + Handler }.Build(), "CSG1354");

    [Test]
    public async Task Two_entry_types_of_which_the_manifest_names_one_are_fine()
    {
        Plugins.Add(new PluginSource(Name)
        {
            Source = Usings + "public sealed class One : ICommandHandler { " + Handler
                + """ public sealed class Two : ICommandHandler { public ValueTask<CommandResult> ExecuteAsync(CommandRequest r, CancellationToken t) => new(new CommandResult(true, "two")); }""",
            Manifest = "entry_type: Two",
        });
        await using var host = await StartAsync();

        (await host.AskAsync(Name)).Should().Be("two");
    }

    [Test]
    public Task An_abstract_entry_type() => RefusedAsync(
        new PluginSource(Name) { Source = Usings + "public abstract class Plugin : ICommandHandler { " + Handler, Manifest = "entry_type: Plugin" }.Build(), "CSG1352");

    [Test]
    public Task A_generic_entry_type() => RefusedAsync(
        new PluginSource(Name) { Source = Usings + "public class Plugin<T> : ICommandHandler { " + Handler }.Build(), "CSG1353");

    [Test]
    public async Task A_module_initializer_is_flagged_before_the_load()
    {
        var initializer = new LibrarySource("Part", """namespace Part; public static class Early { [System.Runtime.CompilerServices.ModuleInitializer] public static void Run() { } }""");
        Plugins.Add(new PluginSource(Name)
        {
            Manifest = "dependencies: [{ name: absent }]",
            Execute = "return new CommandResult(true, typeof(Part.Early).Name);",
            Libraries = [initializer],
        });
        await using var host = await StartAsync();

        var status = host.Find(Name)!;
        status.State.Should().Be(PluginState.Waiting);
        status.Findings.Should().Contain(static f => f.Code == "CSG1361" && f.Severity == FindingSeverity.Warning && f.Message.Contains("Part.dll"));
        PluginMemory.LoadedFrom(Place.Store).Should().BeEmpty();
    }

    [Test]
    public Task An_entry_type_that_is_not_there() => RefusedAsync(new PluginSource(Name) { Manifest = "entry_type: Contoso.Missing" }.Build(), "CSG1351");

    [Test]
    public Task An_entry_file_that_is_not_there() => RefusedAsync(Good.Without("bad.dll").With("other.dll", Good["bad.dll"]), "CSG1013");

    [Test]
    public Task A_framework_that_is_newer_than_the_hosts() => RefusedAsync(new PluginSource(Name) { TargetFramework = ".NETCoreApp,Version=v99.0" }.Build(), "CSG1321");

    [Test]
    public Task Another_framework() => RefusedAsync(new PluginSource(Name) { TargetFramework = ".NETFramework,Version=v4.8" }.Build(), "CSG1322");

    [Test]
    public Task An_assembly_without_the_contract() => RefusedAsync(new PluginSource(Name) { Source = "public sealed class Nothing;" }.Build(), "CSG1331");

    [Test]
    public Task A_host_version_out_of_range() => RefusedAsync(new PluginSource(Name) { Manifest = "engine: '>=99.0'" }.Build(), "CSG1303");

    [Test]
    public Task A_language_that_no_runtime_runs() => RefusedAsync(
        Good.With(PluginFiles.Manifest, "name: bad\nversion: 1.0.0\ntype: integration\nsystem: test\nentry_point: bad.py\n").With("bad.py", "print('hello')"), "CSG1302");

    private async Task RefusedAsync(PluginFiles bad, params string[] codes)
    {
        Plugins.Add(bad);
        Plugins.Add(new PluginSource("neighbour"));
        await using var host = await StartAsync();

        var status = await host.BecomesAsync(Name, PluginState.Rejected);
        status.Findings.Where(static f => f.Severity == FindingSeverity.Error).Should().NotBeEmpty().And.OnlyContain(f => codes.Contains(f.Code), host.Describe());
        status.Findings.Should().OnlyContain(static f => f.Message.Length > 0 && f.Remedy.Length > 0);
        PluginMemory.LoadedFrom(Place.Store).Should().NotContain(static a => a.StartsWith("bad "), "nothing of it was loaded");
        (await host.AskAsync("neighbour")).Should().Be("1.0.0");
    }

    /// <summary>The headers of a DLL without its .NET directory.</summary>
    private static byte[] NativeLibrary()
    {
        var image = Good["bad.dll"].ToArray();
        var optionalHeader = BitConverter.ToInt32(image, 0x3c) + 24;
        var directories = optionalHeader + (BitConverter.ToUInt16(image, optionalHeader) == 0x20b ? 112 : 96);
        image.AsSpan(directories + (14 * 8), 8).Clear();
        return image;
    }

    /// <summary>Whole by its headers, but its metadata is noise.</summary>
    private static byte[] Scrambled(byte[] good)
    {
        var image = good.ToArray();
        var start = image.AsSpan().IndexOf("BSJB"u8);
        new Random(42).NextBytes(image.AsSpan(start + 128, 512));
        return image;
    }
}
