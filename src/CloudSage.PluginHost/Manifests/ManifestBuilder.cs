using System.Globalization;
using CloudSage.Plugins;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Manifests;

/// <summary>Makes the manifest of a document that passed every rule. Nothing can fail here: what could has been refused before.</summary>
internal sealed class ManifestBuilder(ManifestDocument document, KnownNames known)
{
    private ManifestMap Root => document.Root;

    private string[] AllowedHosts => Texts(Root.Map("network"), "allowed_hosts");

    private ManifestFileAccess[] FileSystem => [.. Root.Items<ManifestMap>("filesystem").Select(static f => new ManifestFileAccess(f.Text("path")!, Choice(f, "access") ?? "read"))];

    public PluginManifest Build()
    {
        var entryPoint = Root.Text("entry_point")!;
        var language = Choice(Root.Map("runtime"), "language") ?? InferLanguage(entryPoint);
        return new PluginManifest
        {
            ApiVersion = Choice(Root, "api_version") ?? "cloudsage/v1",
            Name = Root.Text("name")!,
            Version = Root.Text("version")!,
            Type = PluginTypeNames.TryParse(Root.Text("type")!) ?? default(PluginType),
            EntryPoint = entryPoint,
            EntryType = Root.Text("entry_type"),
            Language = language,
            Runtime = BuildRuntime(language),
            Cloud = Root.Text("cloud"),
            Target = Root.Text("target"),
            ResourceTypes = Texts(Root, "resource_types"),
            Channels = Texts(Root, "channels"),
            System = Root.Text("system"),
            DisplayName = Root.Text("display_name"),
            Description = Root.Text("description"),
            Publisher = Root.Text("publisher"),
            License = Root.Text("license"),
            Homepage = Root.Text("homepage"),
            Keywords = Texts(Root, "keywords"),
            Engine = Root.Text("engine"),
            Platforms = [.. Root.Items<ManifestMap>("platforms").Select(BuildPlatform)],
            Dependencies = [.. Root.Items<ManifestMap>("dependencies").Select(BuildDependency)],
            ExtensionPoints = [.. Root.Items<ManifestMap>("extension_points").Select(BuildExtensionPoint)],
            Commands = [.. Root.Items<ManifestMap>("commands").Select(BuildCommand)],
            LazyActivation = Choice(Root, "activation") == "lazy",
            Triggers = [.. Root.Items<ManifestMap>("triggers").Select(BuildTrigger)],
            Permissions = BuildPermissions(),
            AllowedHosts = AllowedHosts,
            FileSystem = FileSystem,
            Environments = Named(Root.Map("environments"), static e => new ManifestEnvironment(Flag(e, "supported"), e.Text("reason"))),
            Configuration = BuildConfiguration(),
            Limits = BuildLimits(),
            Isolation = Choice(Root, "isolation") ?? "none",
            HealthInterval = Duration(Root.Map("health"), "interval"),
            Restart = Root.Map("restart") is { } restart ? BuildRestart(restart) : null,
            Update = Root.Map("update") is { } update ? BuildUpdate(update) : null,
            Locations = document.Locations,
        };
    }

    private ManifestRuntime? BuildRuntime(string language) => Root.Map("runtime") is { } runtime
        ? new ManifestRuntime(language, runtime.Text("version"), runtime.Text("command"))
        {
            Args = Texts(runtime, "args"),
            Framing = Choice(runtime, "framing"),
        }
        : null;

    private static ManifestPlatform BuildPlatform(ManifestMap platform)
        => new(Choice(platform, "os")!, Choice(platform, "arch"), platform.Text("entry_point"), platform.Text("hash"));

    private static ManifestDependency BuildDependency(ManifestMap dependency)
        => new(dependency.Text("name")!, dependency.Text("version"), Flag(dependency, "optional"));

    private ManifestExtensionPoint BuildExtensionPoint(ManifestMap point)
        => new(known.ExtensionPoint(point.Text("point")!)!, WholeNumber(point, "priority") ?? 0);

    private static ManifestUpdate BuildUpdate(ManifestMap update)
        => new(update.Text("channel"), Choice(update, "auto") ?? "none", Duration(update, "cooldown"));

    private static ManifestCommand BuildCommand(ManifestMap command)
        => new(command.Text("name")!, Flag(command, "idempotent"), Duration(command, "timeout"))
    {
        InputSchema = command.Opaque("input_schema") is { } input ? YamlJson.Write(input.Content) : null,
        OutputSchema = command.Opaque("output_schema") is { } output ? YamlJson.Write(output.Content) : null,
    };

    private static ManifestTrigger BuildTrigger(ManifestMap trigger) => new()
    {
        Schedule = trigger.Text("schedule"),
        TimeZone = trigger.Text("timezone"),
        Event = trigger.Text("event"),
        Alert = trigger.Text("alert"),
        Filter = trigger.Map("filter")?.Entries.Where(static f => f.Value is ManifestScalar)
            .ToDictionary(static f => f.Key, static f => ((ManifestScalar)f.Value).Text, StringComparer.OrdinalIgnoreCase) ?? [],
        Api = Flag(trigger, "api"),
        Manual = Flag(trigger, "manual"),
        Command = trigger.Text("command"),
    };

    /// <summary>What it asks for by name, and what its hosts and paths need: whoever grants, locks or judges permissions meets both alike.</summary>
    private ManifestPermission[] BuildPermissions()
    {
        List<ManifestPermission> asked = [.. Root.Items<ManifestMap>("permissions").Select(static p => new ManifestPermission(p.Text("name")!, p.Text("reason")))];
        if (AllowedHosts.Length > 0) Ask(PluginPermissions.UseNetwork, "network.allowed_hosts");
        if (FileSystem.Length > 0) Ask(PluginPermissions.ReadFiles, "filesystem");
        if (FileSystem.Any(static f => f.Access == "write")) Ask(PluginPermissions.WriteFiles, "filesystem");
        return [.. asked];

        void Ask(string permission, string key)
        {
            // The author's own reason says more.
            if (!asked.Exists(p => p.Name == permission)) asked.Add(new ManifestPermission(permission, $"asked for by {key}"));
        }
    }

    private Dictionary<string, ManifestSetting> BuildConfiguration()
    {
        var configuration = Root.Map("configuration");
        var required = Texts(configuration, "required").Select(static r => r.Replace('-', '_')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var settings = new Dictionary<string, ManifestSetting>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, node) in configuration?.Map("properties")?.Entries ?? new Dictionary<string, ManifestNode>())
        {
            if (node is not ManifestMap setting) continue;
            settings.Add(key, new ManifestSetting
            {
                Type = Choice(setting, "type") ?? "string",
                Default = setting.Text("default"),
                Description = setting.Text("description") ?? setting.Text("title"),
                Secret = Flag(setting, "secret"),
                Required = Flag(setting, "required") || required.Contains(key),
                Allowed = Texts(setting, "enum"),
                Minimum = Number(setting, "minimum"),
                Maximum = Number(setting, "maximum"),
            });
        }

        return settings;
    }

    private ManifestLimits BuildLimits() => Root.Map("limits") is not { } limits ? new ManifestLimits() : new ManifestLimits
    {
        MemoryMegabytes = WholeNumber(limits, "memory_mb"),
        Cpu = Number(limits, "cpu"),
        Pids = WholeNumber(limits, "pids"),
        Timeout = Duration(limits, "timeout"),
        MaxMessageMegabytes = WholeNumber(limits, "max_message_mb"),
        MaxConcurrency = WholeNumber(limits, "max_concurrency"),
        Shutdown = Duration(limits, "shutdown"),
    };

    private static ManifestRestart BuildRestart(ManifestMap restart) => new(
        WholeNumber(restart, "max") ?? 3, Duration(restart, "window") ?? TimeSpan.FromMinutes(5), Duration(restart, "backoff") ?? TimeSpan.FromSeconds(1));

    private static string InferLanguage(string entryPoint) => Path.GetExtension(entryPoint).ToLowerInvariant() switch
    {
        ".dll" => "dotnet",
        ".py" => "python",
        ".js" or ".mjs" or ".cjs" => "node",
        _ => "executable",
    };

    private static Dictionary<string, T> Named<T>(ManifestMap? map, Func<ManifestMap, T> build) => map?.Entries.Where(static e => e.Value is ManifestMap)
        .ToDictionary(static e => e.Key, e => build((ManifestMap)e.Value), StringComparer.OrdinalIgnoreCase) ?? [];

    private static string[] Texts(ManifestMap? map, string key) => [.. map?.Items<ManifestScalar>(key).Select(static s => s.Text) ?? []];

    private static string? Choice(ManifestMap? map, string key) => map?.Scalar(key) is { } scalar ? scalar.Shape.Choose(scalar.Text) : null;

    private static bool Flag(ManifestMap map, string key) => ScalarText.Boolean(map.Text(key)) ?? false;

    private static decimal? Number(ManifestMap map, string key) => map.Text(key) is { } text ? ScalarText.Number(text) : null;

    private static int? WholeNumber(ManifestMap map, string key)
        => int.TryParse(map.Text(key), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static TimeSpan? Duration(ManifestMap? map, string key) => map?.Text(key) is { } text && DurationText.TryParse(text, out var value) ? value : null;
}
