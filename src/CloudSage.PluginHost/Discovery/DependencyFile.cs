using System.Text.Json;

namespace CloudSage.PluginHost.Discovery;

/// <summary>The files that a deps.json says its application needs.</summary>
internal static class DependencyFile
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The assets of the runtime target, as they lie in a published folder.</summary>
    /// <exception cref="JsonException">It is not whole, or not of the shape of a deps.json.</exception>
    public static IReadOnlyList<DependencyAsset> Read(Stream stream)
    {
        if (stream.Length > MaxBytes)
            throw new JsonException($"it is larger than {MaxBytes:N0} bytes");

        using var document = JsonDocument.Parse(stream);
        var assets = new List<DependencyAsset>();
        foreach (var library in Objects(RuntimeTarget(document.RootElement)))
        {
            foreach (var asset in Objects(Member(library.Value, "runtime")).Concat(Objects(Member(library.Value, "native"))))
                Add(assets, library.Name, FileName(asset.Name));
            foreach (var asset in Objects(Member(library.Value, "resources")))
                Add(assets, library.Name, $"{Text(Member(asset.Value, "locale"))}/{FileName(asset.Name)}");
            foreach (var asset in Objects(Member(library.Value, "runtimeTargets")))
                Add(assets, library.Name, asset.Name);
        }

        return assets;
    }

    private static JsonElement? RuntimeTarget(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new JsonException("it is not a JSON object");
        var targets = Member(root, "targets");
        var name = Text(Member(Member(root, "runtimeTarget"), "name"));
        return Member(targets, name) ?? Objects(targets).Select(static p => (JsonElement?)p.Value).FirstOrDefault();
    }

    private static void Add(List<DependencyAsset> assets, string library, string path)
    {
        // "_._" is NuGet's placeholder for an empty folder.
        if (!path.EndsWith("_._", StringComparison.Ordinal))
            assets.Add(new DependencyAsset(library, path));
    }

    private static JsonElement? Member(JsonElement? element, string name)
        => element is { ValueKind: JsonValueKind.Object } e && e.TryGetProperty(name, out var value) ? value : null;

    private static JsonProperty[] Objects(JsonElement? element)
        => element is { ValueKind: JsonValueKind.Object } e ? [.. e.EnumerateObject()] : [];

    private static string Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } e ? e.GetString()! : string.Empty;

    private static string FileName(string path) => path[(path.LastIndexOf('/') + 1)..];
}

/// <summary>A file that a deps.json names.</summary>
/// <param name="Library">The library, as <c>name/version</c>.</param>
/// <param name="RelativePath">Where it lies in a published folder, with forward slashes.</param>
internal sealed record DependencyAsset(string Library, string RelativePath);
