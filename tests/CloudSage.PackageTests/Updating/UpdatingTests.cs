using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PackageTests.Updating;

/// <summary>Plugins that were installed and registered from packages, a database of advisories, and a strict host that updates by policy.</summary>
internal abstract class UpdatingTests : Installing.PackageTests
{
    protected const string Plugin = "made-sample";
    protected const string Vulnerable = "12.0.3";
    protected const string Mended = "13.0.1";

    private static readonly TimeSpan ForEver = TimeSpan.FromDays(36_500);

    protected string Database => Path.Combine(Place.Root, "database");

    protected string Audit => Path.Combine(Place.State, "audit.jsonl");

    [SetUp]
    public void WriteDatabase()
    {
        Directory.CreateDirectory(Database);
        Publish("GHSA-other", "Unrelated.Library", "1.0.0");
    }

    /// <summary>Adds a record to the database: every version of the package below one is affected.</summary>
    protected void Publish(string id, string package, string mendedIn, string severity = "HIGH") => File.WriteAllText(Path.Combine(Database, $"{id}.json"), $$"""
        {
          "schema_version": "1.4.0", "id": "{{id}}", "modified": "2026-01-01T00:00:00Z", "summary": "Made by a test",
          "affected": [ { "package": { "ecosystem": "NuGet", "name": "{{package}}" }, "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "{{mendedIn}}" } ] } ] } ],
          "database_specific": { "severity": "{{severity}}" }
        }
        """);

    /// <summary>The record that this is about.</summary>
    protected void PublishJson(string severity = "HIGH") => Publish("GHSA-5crp-9r3c-p9vr", "Newtonsoft.Json", Mended, severity);

    /// <summary>Offers a version of the plugin, which brings a version of Newtonsoft.Json.</summary>
    protected void OfferSample(string version, string json, PluginSource? code = null, string manifest = "")
        => Put(new MadePackage("Made.Sample") { Version = version, ManifestVersion = version, Code = code, Manifest = manifest, Dependencies = [("Newtonsoft.Json", $"[{json}]")] });

    /// <summary>Installs and registers, as <c>csg plugins install</c> does.</summary>
    protected async Task RegisterAsync(string id, string version, string? range, params string[] grants)
    {
        var plan = await ResolveAsync(id, version);
        plan.IsReady.Should().BeTrue("{0}", string.Join(Environment.NewLine, plan.Findings));
        var prepared = await Packages.PrepareAsync(plan, Path.Combine(Place.Root, "made"), CancellationToken.None);
        using var made = prepared.Plugin!;
        await using var registrar = Registrar();
        await using var pending = await registrar.PrepareAsync(made.Folder, null, CancellationToken.None);
        pending.Commit(grants, PackageOrigin.Of(made.Package, range)).Should().BeEmpty();
    }

    protected LockedPlugin Locked(string plugin = Plugin) => Registrar().Read().Plugins[plugin];

    protected Task<PluginHostFixture> StartUpdatingAsync(Action<SecurityUpdateOptions>? policy = null) => StartAsync(host: builder =>
    {
        builder.Services.AddPluginAdvisories(o => (o.Database, o.MaximumAge, o.OnRunning, o.LookInterval) = (Database, ForEver, RunningAdvisoryAction.Update, TimeSpan.FromMilliseconds(50)));
        builder.Services.AddPluginPackages(o => (o.SettingsRoot, o.CacheDirectory) = (Place.Root, Path.Combine(Place.Root, "cache")));
        builder.Services.AddSecurityUpdates(o =>
        {
            (o.Cooldown, o.ObservationPeriod) = (TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
            policy?.Invoke(o);
        });
    });

    /// <summary>The next look at the plugins, though it is not yet time.</summary>
    protected static void LookAgain(PluginHostFixture host) => host.Services.GetRequiredService<UpdateSignal>().Request();

    protected static UpdateJournal Journal(PluginHostFixture host) => host.Services.GetRequiredService<UpdateJournal>();

    /// <summary>Waits until no update is on trial any more.</summary>
    protected static Task SettlesAsync(PluginHostFixture host) => Eventually.TrueAsync(() => Journal(host).Read().Pending.Count == 0, "no update is under way", host.Describe);

    /// <summary>Waits for a finding in the log.</summary>
    protected static Task SaysAsync(PluginHostFixture host, string code)
        => Eventually.TrueAsync(() => host.Logs.Entries.Any(e => e.ToString().Contains(code, StringComparison.Ordinal)), $"{code} is said", host.Describe);

    protected Task AuditedAsync(string action, string version) => Eventually.TrueAsync(
        () => File.Exists(Audit) && ReadAudit().Any(l => l.Contains($"\"action\":\"{action}\"", StringComparison.Ordinal) && l.Contains($"\"version\":\"{version}\"", StringComparison.Ordinal)),
        $"{action} of {version} is in the audit log", () => string.Join(Environment.NewLine, ReadAudit()));

    private string[] ReadAudit()
    {
        using var file = new StreamReader(new FileStream(Audit, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Split('\n');
    }

    protected PluginRegistrar Registrar() => new(new PluginRegistrarOptions(Plugins.Path, Place.State) { Environment = "Development" }, TimeProvider.System);
}
