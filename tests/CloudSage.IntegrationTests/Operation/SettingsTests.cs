namespace CloudSage.IntegrationTests.Operation;

/// <summary>A plugin's settings: the manifest's defaults, what the operator configured, and what is wrong with it.</summary>
internal sealed class SettingsTests : HostTests
{
    private const string Name = "tuned";

    private static readonly PluginSource Tuned = new(Name)
    {
        Parameters = "PluginSettings settings",
        Execute = """return new CommandResult(true, settings.GetDecimal("threshold", 0m) + "|" + settings.Get("token"));""",
        Manifest = """
            configuration:
              type: object
              properties:
                threshold: { type: number, minimum: 0, maximum: 1, default: 0.25 }
                token: { type: string, secret: true }
              required: [token]
            """,
    };

    [Test]
    public async Task Defaults_are_overlaid_by_what_is_configured()
    {
        Plugins.Add(Tuned);
        await using var host = await StartAsync(static o => o.Activation.Settings[Name] = new() { ["token"] = "abc" });

        (await host.AskAsync(Name)).Should().Be("0.25|abc");
    }

    [TestCase("threshold", "7", "threshold")]
    [TestCase("threshold", "much", "threshold")]
    [TestCase("treshold", "0.5", "treshold")]
    public async Task What_does_not_fit_is_refused_with_the_place_to_correct_it(string key, string value, string named)
    {
        Plugins.Add(Tuned);
        await using var host = await StartAsync(o => o.Activation.Settings[Name] = new() { ["token"] = "abc", [key] = value });

        var status = host.Find(Name)!;
        status.State.Should().Be(PluginState.Rejected);
        var finding = status.Findings.Should().ContainSingle(static f => f.Code == "CSG1601").Subject;
        finding.Message.Should().Contain(named);
        finding.Remedy.Should().Contain($"PluginHost:Activation:Settings:{Name}:{key}");
    }

    [Test]
    public async Task A_required_secret_that_is_missing_is_named()
    {
        Plugins.Add(Tuned);
        await using var host = await StartAsync();

        host.Find(Name)!.Findings.Should().ContainSingle(static f => f.Code == "CSG1601" && f.Message.Contains("token"));
    }
}
