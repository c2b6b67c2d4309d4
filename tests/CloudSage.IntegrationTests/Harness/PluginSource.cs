using System.Text;
using Microsoft.CodeAnalysis;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>
/// A plugin as a test describes it, in a few lines; <see cref="Build"/> compiles it to a real DLL with its manifest. By default it is a
/// command handler that answers with its version.
/// </summary>
internal sealed record PluginSource(string Name)
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;
        using CloudSage.Fixtures.Embedder;
        using CloudSage.Plugins;
        using CloudSage.Plugins.Alerts;
        using CloudSage.Plugins.Capabilities;
        using CloudSage.Plugins.Commands;
        using CloudSage.Plugins.Costs;
        using CloudSage.Plugins.Permissions;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Logging;
        """;

    public string Version { get; init; } = "1.0.0";

    public string AssemblyName { get; init; } = Name;

    /// <summary>The entry type's constructor parameters.</summary>
    public string Parameters { get; init; } = string.Empty;

    /// <summary>Further interfaces, separated by commas.</summary>
    public string Implements { get; init; } = string.Empty;

    /// <summary>Further members of the entry type.</summary>
    public string Members { get; init; } = string.Empty;

    /// <summary>What the plugin does when it is asked: the body of an async method with <c>request</c> and <c>cancellationToken</c>. Null answers the version.</summary>
    public string? Execute { get; init; }

    /// <summary>The body of StartAsync, an async method with <c>cancellationToken</c>.</summary>
    public string? Start { get; init; }

    public string? Stop { get; init; }

    /// <summary>The body of the health check.</summary>
    public string? Health { get; init; }

    /// <summary>The body of Dispose.</summary>
    public string? Dispose { get; init; }

    /// <summary>Further types.</summary>
    public string Types { get; init; } = string.Empty;

    /// <summary>The code as a whole, in place of all of the above.</summary>
    public string? Source { get; init; }

    /// <summary>Further lines of the manifest.</summary>
    public string Manifest { get; init; } = string.Empty;

    /// <summary>The manifest as a whole.</summary>
    public string? WholeManifest { get; init; }

    public string TargetFramework { get; init; } = FixtureCompiler.HostFramework;

    /// <summary>Libraries of the plugin's own, beside it.</summary>
    public IReadOnlyList<LibrarySource> Libraries { get; init; } = [];

    /// <summary>Further references, which are not copied beside it.</summary>
    public IReadOnlyList<MetadataReference> References { get; init; } = [];

    /// <summary>Takes the place of the contract that the host has.</summary>
    public MetadataReference? Contract { get; init; }

    /// <summary>Embedded resources, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Resources { get; init; } = new Dictionary<string, byte[]>();

    public string EntryFile => AssemblyName + ".dll";

    public string ManifestText => WholeManifest ?? $"""
        name: {Name}
        version: {Version}
        type: integration
        system: test
        entry_point: {EntryFile}
        {Manifest}

        """;

    public PluginFiles Build()
    {
        var libraries = Libraries.ToDictionary(static l => l, static l => l.Build());
        var references = References.Concat(libraries.Values.Select(static l => MetadataReference.CreateFromImage(l)));
        var entry = FixtureCompiler.Compile(AssemblyName, Text, new Version(NumbersOf(Version)), TargetFramework, references, Resources, Contract);
        var files = libraries.ToDictionary(static l => l.Key.Path, static l => l.Value);
        files[EntryFile] = entry;
        files[PluginFiles.Manifest] = Encoding.UTF8.GetBytes(ManifestText);
        return new PluginFiles(Name, files);
    }

    private string Text => Source ?? $$"""
        {{Usings}}

        public sealed class Plugin({{Parameters}}) : {{string.Join(", ", Interfaces)}}
        {
            public const string CodeVersion = "{{Version}}";

            public async ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken)
            {
                await ValueTask.CompletedTask;
                {{Execute ?? "return new CommandResult(true, CodeVersion);"}}
            }

            {{(Start is null && Stop is null ? string.Empty : $$"""
            public async Task StartAsync(CancellationToken cancellationToken) { await Task.CompletedTask; {{Start}} }
            public async Task StopAsync(CancellationToken cancellationToken) { await Task.CompletedTask; {{Stop}} }
            """)}}
            {{(Health is null ? string.Empty : $$"""public async ValueTask<PluginHealth> CheckHealthAsync(CancellationToken cancellationToken) { await Task.CompletedTask; {{Health}} }""")}}
            {{(Dispose is null ? string.Empty : $$"""public void Dispose() { {{Dispose}} }""")}}
            {{Members}}
        }

        {{Types}}
        """;

    private IEnumerable<string> Interfaces
    {
        get
        {
            yield return "ICommandHandler";
            if (Start is not null || Stop is not null) yield return "IPluginLifecycle";
            if (Health is not null) yield return "IPluginHealthCheck";
            if (Dispose is not null) yield return "IDisposable";
            if (Implements.Length > 0) yield return Implements;
        }
    }

    private static string NumbersOf(string version) => version.Split('-', '+')[0];
}

/// <summary>A library that a plugin brings.</summary>
/// <param name="Name">Its simple name.</param>
/// <param name="Code">Its code.</param>
internal sealed record LibrarySource(string Name, string Code)
{
    public Version Version { get; init; } = new(1, 0, 0, 0);

    public string TargetFramework { get; init; } = FixtureCompiler.HostFramework;

    /// <summary>Where in the plugin it lies.</summary>
    public string Path { get; init; } = Name + ".dll";

    public byte[] Build() => FixtureCompiler.Compile(Name, Code, Version, TargetFramework);
}
