using System.Text.Json;

namespace CloudSage.PluginHost.Advisories.Closures;

/// <summary>npm packages, from <see href="https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json">package-lock.json</see> of version 2 or 3.</summary>
internal sealed class NpmClosure : IClosureReader
{
    private const string LockFile = "package-lock.json";
    private const string Modules = "node_modules/";

    public void Read(PluginFolder folder, PackageClosure closure)
    {
        if (folder.Has(LockFile))
        {
            if (folder.ReadWhole(LockFile, closure) is { } json) Read(json, closure);
        }
        else if (folder.Has("package.json"))
        {
            closure.AddUnresolved("'package.json' has no 'package-lock.json' beside it, so nothing says which versions are there.");
        }
        else if (folder.Files.Any(static f => f.StartsWith(Modules, StringComparison.Ordinal)))
        {
            closure.AddUnresolved("'node_modules' has no 'package-lock.json' beside it, so nothing says what is in it.");
        }
    }

    private static void Read(byte[] json, PackageClosure closure)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("packages", out var packages) || packages.ValueKind != JsonValueKind.Object)
            {
                closure.AddUnresolved($"'{LockFile}' is not of lockfileVersion 2 or 3; npm 7 or newer writes one.");
                return;
            }

            foreach (var package in packages.EnumerateObject()) Add(package, closure);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON, or with text that is none: bytes that are not UTF-8, half a character. What follows it is not known either.
            closure.AddUnresolved($"'{LockFile}' is no JSON: {e.Message}");
        }
    }

    private static void Add(JsonProperty package, PackageClosure closure)
    {
        var at = package.Name.LastIndexOf(Modules, StringComparison.Ordinal);
        // The plugin itself is "", its workspaces are folders of its own, and what only its development needs is not shipped.
        if (at < 0 || package.Value.ValueKind != JsonValueKind.Object || Is(package.Value, "link") || Is(package.Value, "dev")) return;
        var name = Text(package.Value, "name") ?? package.Name[(at + Modules.Length)..];
        var version = Text(package.Value, "version");
        if (version is null || Text(package.Value, "resolved")?.StartsWith("git", StringComparison.Ordinal) == true)
            closure.AddUnresolved($"'{name}' in '{LockFile}' comes from no registry, so no advisory can be matched.");
        else closure.Add(PackageEcosystem.Npm, name, version, LockFile);
    }

    private static bool Is(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement element, string name)
        => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
