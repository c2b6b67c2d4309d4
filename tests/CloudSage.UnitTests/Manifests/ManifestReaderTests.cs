using CloudSage.PluginHost.Manifests.Reading;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Manifests;

namespace CloudSage.UnitTests.Manifests;

public sealed class ManifestReaderTests
{
    private const string Full = """
        # yaml-language-server: $schema=manifest.schema.json
        api_version: cloudsage/v1
        name: full-example
        version: 2.1.0-beta.1+build.5
        type: Cloud_Adapter
        entry-point: bin/Full.Example.dll
        entry_type: Contoso.Billing.Adapter
        cloud: aws
        target: aws
        display_name: "Full: an example"
        homepage: https://example.com/full
        keyword: cost
        runtime:
          language: dotnet
          version: "10.0"
          args: [--fast]
          framing: content-length
        platforms:
          - linux
          - { os: darwin, arch: amd64, entry_point: bin/mac.dll, hash: "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF" }
        engine: ">=1.0 <2"
        dependencies:
          - base-data
          - name: rates
            version: ^1.2
            optional: true
        extension_points:
          - cloud-adapter
          - point: cost_analysis_hook
            priority: -5
        commands:
          - name: refresh
            idempotent: true
            timeout: 1h30m
            input_schema:
              type: object
              properties:
                days: { type: integer, maximum: 31 }
                note: { type: string, default: "5" }
        activation: lazy
        triggers:
          - schedule: "0 6 * * 1"
            timezone: Europe/Berlin
            command: refresh
          - event: data.imported
            filter: { provider-name: aws }
          - alert: "*"
          - manual
          - api: true
        permissions:
          - ReadCostData
          - name: AlertManagement
            reason: to warn of gaps
        network:
          allowed_hosts: ["*.amazonaws.com", "example.com:8443"]
        filesystem:
          - data
          - { path: cache, access: write }
        environments:
          production: { supported: false, reason: beta }
        configuration:
          type: object
          properties:
            spike-threshold: { type: number, default: 0.25, minimum: 0, maximum: 1, description: What counts as a spike }
            region: { enum: [eu, us] }
            token: { secret: true }
          required: [token]
        limits: { memory_mb: 256, cpu: 0.5, timeout: 30s, max_concurrency: 4, shutdown: PT5S }
        isolation: Process
        health: { interval: 30s }
        restart: { max: 2, window: 10m, backoff: 500ms }
        update: { channel: stable, auto: security, cooldown: 7d }
        """;

    [Test]
    public void Read_EveryKey_IsInTheManifest()
    {
        var manifest = Reading.Good(Full);

        manifest.EntryPoint.Should().Be("bin/Full.Example.dll");
        manifest.Keywords.Should().Equal("cost");
        manifest.Runtime.Should().BeEquivalentTo(new ManifestRuntime("dotnet", "10.0") { Args = ["--fast"], Framing = "content-length" });
        manifest.Platforms[0].Should().Be(new ManifestPlatform("linux"));
        manifest.Platforms[1].Os.Should().Be("macos");
        manifest.Platforms[1].Arch.Should().Be("x64");
        manifest.Engine.Should().Be(">=1.0 <2");
        manifest.Dependencies.Should().Equal(new ManifestDependency("base-data"), new ManifestDependency("rates", "^1.2", true));
        manifest.ExtensionPoints.Should().Equal(new ManifestExtensionPoint("CloudAdapter"), new ManifestExtensionPoint("CostAnalysisHook", -5));
        manifest.Commands.Should().ContainSingle().Which.Timeout.Should().Be(TimeSpan.FromMinutes(90));
        manifest.Commands[0].InputSchema.Should().Be(
            """{"type":"object","properties":{"days":{"type":"integer","maximum":31},"note":{"type":"string","default":"5"}}}""");
        manifest.LazyActivation.Should().BeTrue();
        manifest.Triggers.Should().HaveCount(5);
        manifest.Triggers[0].Should().BeEquivalentTo(new ManifestTrigger { Schedule = "0 6 * * 1", TimeZone = "Europe/Berlin", Command = "refresh" });
        manifest.Triggers[1].Filter.Should().ContainKey("provider-name").WhoseValue.Should().Be("aws");
        manifest.Triggers[2].Alert.Should().Be("*");
        manifest.Triggers[3].Manual.Should().BeTrue();
        manifest.Triggers[4].Api.Should().BeTrue();
        manifest.Permissions.Should().Equal(
            new ManifestPermission("ReadCostData"), new ManifestPermission("AlertManagement", "to warn of gaps"),
            new ManifestPermission("UseNetwork", "asked for by network.allowed_hosts"), new ManifestPermission("ReadFiles", "asked for by filesystem"),
            new ManifestPermission("WriteFiles", "asked for by filesystem"));
        manifest.AllowedHosts.Should().Equal("*.amazonaws.com", "example.com:8443");
        manifest.FileSystem.Should().Equal(new ManifestFileAccess("data"), new ManifestFileAccess("cache", "write"));
        manifest.Environments["production"].Should().Be(new ManifestEnvironment(false, "beta"));
        manifest.Limits.Should().Be(new ManifestLimits
        {
            MemoryMegabytes = 256, Cpu = 0.5m, Timeout = TimeSpan.FromSeconds(30), MaxConcurrency = 4, Shutdown = TimeSpan.FromSeconds(5),
        });
        manifest.Isolation.Should().Be("process");
        manifest.HealthInterval.Should().Be(TimeSpan.FromSeconds(30));
        manifest.Restart.Should().Be(new ManifestRestart(2, TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(500)));
        manifest.Update.Should().Be(new ManifestUpdate("stable", "security", TimeSpan.FromDays(7)));
    }

    [TestCase("network: { allowed_hosts: [example.org] }\n", "UseNetwork")]
    [TestCase("network: { allowed_hosts: [] }\n", "")]
    [TestCase("filesystem: [data]\n", "ReadFiles")]
    [TestCase("filesystem: [{ path: out, access: write }]\n", "ReadFiles WriteFiles")]
    [TestCase("permissions: [{ name: UseNetwork, reason: to fetch rates }]\nnetwork: { allowed_hosts: [example.org] }\n", "UseNetwork")]
    public void Read_HostsAndPaths_AskForPermissionsOnce(string keys, string asked)
    {
        var permissions = Reading.Good(Reading.Head + keys).Permissions;

        permissions.Select(static p => p.Name).Should().Equal(asked.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        permissions.Should().NotContain(static p => p.Reason == null);
        if (keys.Contains("rates", StringComparison.Ordinal)) permissions.Single().Reason.Should().Be("to fetch rates", "the author's own words say more");
    }

    [Test]
    public void Read_Configuration_IsReadAsSchema()
    {
        var settings = Reading.Good(Full).Configuration;

        settings.Keys.Should().BeEquivalentTo("spike_threshold", "region", "token");
        settings["spike_threshold"].Should().BeEquivalentTo(new ManifestSetting
        {
            Type = "number", Default = "0.25", Minimum = 0m, Maximum = 1m, Description = "What counts as a spike",
        });
        settings["region"].Allowed.Should().Equal("eu", "us");
        settings["token"].Secret.Should().BeTrue();
        settings["token"].Required.Should().BeTrue();
    }

    [Test]
    public void Read_ConfigurationWithoutSchema_IsAMapOfSettings()
    {
        var settings = Reading.Good(Reading.Head + "configuration:\n  days: { type: integer, default: 14, required: true }\n  note:\n").Configuration;

        settings["days"].Should().BeEquivalentTo(new ManifestSetting { Type = "integer", Default = "14", Required = true });
        settings["note"].Should().BeEquivalentTo(new ManifestSetting());
    }

    [TestCase("", 2, 1)]
    [TestCase("name", 3, 7)]
    [TestCase("entry_point", 6, 14)]
    [TestCase("keywords", 12, 1)]
    [TestCase("keywords[0]", 12, 10)]
    [TestCase("runtime", 13, 1)]
    [TestCase("runtime.args[0]", 16, 10)]
    [TestCase("dependencies", 22, 1)]
    [TestCase("dependencies[0].name", 23, 5)]
    [TestCase("dependencies[1]", 24, 5)]
    [TestCase("dependencies[1].version", 25, 14)]
    [TestCase("triggers[0].schedule", 42, 15)]
    [TestCase("triggers[3].manual", 48, 5)]
    [TestCase("permissions[0]", 51, 5)]
    [TestCase("permissions[1].name", 52, 11)]
    [TestCase("environments.production.supported", 60, 28)]
    [TestCase("configuration", 61, 1)]
    [TestCase("configuration.spike_threshold", 64, 5)]
    [TestCase("configuration.spike_threshold.default", 64, 47)]
    [TestCase("limits.cpu", 68, 32)]
    public void Locate_EveryPath_IsWhereItStands(string path, int line, int column)
    {
        var manifest = Reading.Good(Full);

        manifest.Locations.Should().ContainKey(path);
        manifest.Locate(path).Should().Be(new FindingLocation("manifest.yaml", line, column));
    }

    [Test]
    public void Read_ManyErrors_ReportsAllInOrder()
        => Reading.FaultsOf("name: Bad Name\nversion: 1\ntype: optimiser\nentry_point: /etc/passwd\nisolation: jail\npermissions: [ReadCostDate]\nfoo: 1\n")
            .Should().Equal("CSG1120(1,7)", "CSG1121(2,10)", "CSG1122(3,7)", "CSG1123(4,14)", "CSG1125(5,12)", "CSG1130(6,15)", "CSG1112(7,1)");

    [Test]
    public void Read_NamesOfTheEmbedder_AreKnown()
    {
        var reader = new ManifestReader(["ReadInvoices"], ["InvoiceReader"]);
        var yaml = Reading.Head + "permissions: [ReadInvoices]\nextension_points: [invoice-reader]\n";

        var result = reader.Read(System.Text.Encoding.UTF8.GetBytes(yaml), "manifest.yaml");

        result.Findings.Should().BeEmpty();
        result.Value!.ExtensionPoints.Should().Equal(new ManifestExtensionPoint("InvoiceReader"));
    }

    [TestCase("sample.dll", "dotnet")]
    [TestCase("sample.DLL", "dotnet")]
    [TestCase("main.py", "python")]
    [TestCase("index.js", "node")]
    [TestCase("index.mjs", "node")]
    [TestCase("plugin", "executable")]
    [TestCase("plugin.exe", "executable")]
    public void Read_Language_FollowsFromTheEntryPoint(string entryPoint, string language)
        => Reading.Good($"name: sample\nversion: 1.0.0\ntype: optimizer\nentry_point: {entryPoint}\n").Language.Should().Be(language);
}
