using System.Text.Json;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>The libraries of a <c>.deps.json</c>, with the files that they bring.</summary>
internal static class DependencyLibraries
{
    private static readonly string[] AssetKinds = ["runtime", "native", "runtimeTargets"];

    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static IReadOnlyList<DependencyLibrary> Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("it is not an object");
        var target = Text(Member(Member(document.RootElement, "runtimeTarget"), "name"));
        var libraries = Member(document.RootElement, "targets") is { ValueKind: JsonValueKind.Object } targets
            ? target is not null && targets.TryGetProperty(target, out var own) ? own : targets.EnumerateObject().Select(static t => t.Value).FirstOrDefault()
            : default;
        if (libraries.ValueKind != JsonValueKind.Object) return [];
        var kinds = Member(document.RootElement, "libraries");
        return [.. libraries.EnumerateObject().Select(library => Read(library, kinds)).OfType<DependencyLibrary>()];
    }

    private static DependencyLibrary? Read(JsonProperty library, JsonElement? kinds)
    {
        if (library.Name.Split('/') is not [var name, var version]) return null;
        var isPackage = Text(Member(Member(kinds, library.Name), "type")) == "package";
        return new DependencyLibrary(name, version, isPackage, [.. AssetKinds.SelectMany(kind => Files(library.Value, kind))]);
    }

    private static IEnumerable<DependencyLibraryFile> Files(JsonElement library, string kind)
        => Member(library, kind) is { ValueKind: JsonValueKind.Object } assets
            ? assets.EnumerateObject().Select(asset => new DependencyLibraryFile(
                // Assets for one platform keep their path; all others lie beside the entry assembly.
                kind == "runtimeTargets" ? asset.Name : asset.Name[(asset.Name.LastIndexOf('/') + 1)..],
                Text(Member(asset.Value, "assemblyVersion")), Text(Member(asset.Value, "fileVersion"))))
            : [];

    private static JsonElement? Member(JsonElement? element, string name)
        => element is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty(name, out var value) ? value : null;

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } e ? e.GetString() : null;
}

/// <summary>A library of a <c>.deps.json</c>.</summary>
internal sealed record DependencyLibrary(string Name, string Version, bool IsPackage, IReadOnlyList<DependencyLibraryFile> Files);

/// <summary>A file of a library, where it lies in a published folder.</summary>
internal sealed record DependencyLibraryFile(string Path, string? AssemblyVersion, string? FileVersion);
