using System.Collections.Frozen;

namespace CloudSage.PluginHost.Manifests;

/// <summary>The keys of a manifest, in the order of docs/manifest.md, and what may stand there.</summary>
internal static class ManifestSchema
{
    public static readonly MapShape Root = new(
        ("api_version", OneOf("cloudsage/v1")),
        ("name", Text), ("version", Text), ("type", Text), ("entry_point", Text), ("entry_type", Text),
        ("cloud", Text), ("target", Text), ("resource_types", Texts), ("channels", Texts), ("system", Text),
        ("display_name", Text), ("description", Text), ("publisher", Text), ("license", Text), ("homepage", Text), ("keywords", Texts),
        ("runtime", Runtime),
        ("platforms", new ListShape(Platform)),
        ("engine", Text),
        ("dependencies", new ListShape(Dependency)),
        ("extension_points", new ListShape(ExtensionPoint)),
        ("commands", new ListShape(Command)),
        ("activation", OneOf("eager", "lazy")),
        ("triggers", new ListShape(Trigger)),
        ("permissions", new ListShape(Permission)),
        ("network", new MapShape(("allowed_hosts", Texts))),
        ("filesystem", new ListShape(FileAccess)),
        ("environments", new OpenMapShape(Environment)),
        ("configuration", new SettingsShape(SettingsSchema, new OpenMapShape(Setting) { HyphenIsUnderscore = true })),
        ("limits", Limits),
        ("isolation", OneOf("none", "process", "sandbox", "container")),
        ("health", new MapShape(("interval", Duration))),
        ("restart", new MapShape(("max", WholeNumberFrom(0)), ("window", Duration), ("backoff", Duration))),
        ("update", new MapShape(("channel", Text), ("auto", OneOf("none", "security")), ("cooldown", Duration))))
    {
        Required = ["name", "version", "type", "entry_point"],
    };

    private static ScalarShape Text => new(ScalarKind.Text);

    private static ScalarShape Flag => new(ScalarKind.Boolean);

    private static ScalarShape Duration => new(ScalarKind.Duration);

    private static ListShape Texts => new(Text);

    private static MapShape Runtime => new(
        ("language", OneOf("dotnet", "python", "node", "executable")), ("version", Text), ("command", Text), ("args", Texts),
        ("framing", OneOf("content-length", "lines")));

    private static MapShape Platform => new(
        ("os", OneOf("linux", "windows", "macos") with { Aliases = Aliases(("darwin", "macos"), ("osx", "macos"), ("win", "windows")) }),
        ("arch", OneOf("x64", "arm64", "x86", "arm") with { Aliases = Aliases(("amd64", "x64"), ("x8664", "x64"), ("aarch64", "arm64")) }),
        ("entry_point", Text), ("hash", Text))
    {
        Required = ["os"],
        Shorthand = "os",
    };

    private static MapShape Dependency => new(("name", Text), ("version", Text), ("optional", Flag)) { Required = ["name"], Shorthand = "name" };

    private static MapShape ExtensionPoint => new(("point", Text), ("priority", new ScalarShape(ScalarKind.WholeNumber)))
    {
        Required = ["point"],
        Shorthand = "point",
    };

    private static MapShape Command => new(
        ("name", Text), ("input_schema", new OpaqueShape()), ("output_schema", new OpaqueShape()), ("idempotent", Flag), ("timeout", Duration))
    {
        Required = ["name"],
        Shorthand = "name",
    };

    private static MapShape Trigger => new(
        ("schedule", Text), ("timezone", Text), ("event", Text), ("alert", Text), ("filter", new OpenMapShape(Text)),
        ("api", Flag), ("manual", Flag), ("command", Text))
    {
        Flags = ["api", "manual"],
    };

    private static MapShape Permission => new(("name", Text), ("reason", Text)) { Required = ["name"], Shorthand = "name" };

    private static MapShape FileAccess => new(("path", Text), ("access", OneOf("read", "write"))) { Required = ["path"], Shorthand = "path" };

    private static MapShape Environment => new(("supported", Flag), ("reason", Text)) { Required = ["supported"], Shorthand = "supported" };

    private static MapShape Setting => new(
        ("type", OneOf("string", "number", "integer", "boolean")), ("title", Text), ("description", Text), ("default", Text), ("enum", Texts),
        ("minimum", new ScalarShape(ScalarKind.Number)), ("maximum", new ScalarShape(ScalarKind.Number)), ("secret", Flag), ("required", Flag));

    // "properties" is read through SettingsShape; it stands here so that it is a known key.
    private static MapShape SettingsSchema => new(
        ("$schema", Text), ("title", Text), ("description", Text), ("type", OneOf("object")), ("properties", new OpaqueShape()), ("required", Texts),
        ("additionalProperties", OneOf("false")));

    private static MapShape Limits => new(
        ("memory_mb", WholeNumberFrom(1)), ("cpu", new ScalarShape(ScalarKind.Number) { Minimum = 0.01m }), ("pids", WholeNumberFrom(1)), ("timeout", Duration),
        ("max_message_mb", WholeNumberFrom(1)), ("max_concurrency", WholeNumberFrom(1)), ("shutdown", Duration));

    private static ScalarShape OneOf(params string[] choices) => new(ScalarKind.Choice) { Choices = choices };

    private static ScalarShape WholeNumberFrom(int minimum) => new(ScalarKind.WholeNumber) { Minimum = minimum };

    private static FrozenDictionary<string, string> Aliases(params (string Alias, string Choice)[] aliases)
        => aliases.ToFrozenDictionary(static a => a.Alias, static a => a.Choice, StringComparer.Ordinal);
}
