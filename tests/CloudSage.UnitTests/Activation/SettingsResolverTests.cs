using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Manifests;
using CloudSage.UnitTests.Lifecycle;

namespace CloudSage.UnitTests.Activation;

public sealed class SettingsResolverTests
{
    private readonly Dictionary<string, ManifestSetting> _declared = [];
    private readonly ActivationOptions _options = new();

    [SetUp]
    public void SetUp()
    {
        _declared.Clear();
        _options.Settings.Clear();
    }

    [Test]
    public void A_default_is_overlaid_by_what_is_configured()
    {
        _declared["threshold"] = new ManifestSetting { Type = "number", Default = "0.25" };
        _declared["lines"] = new ManifestSetting { Type = "integer", Default = "5" };
        Configure("threshold", "0.5");
        var settings = Resolve().Value!;
        (settings.GetDecimal("threshold", 0), settings.GetInt32("lines", 0)).Should().Be((0.5m, 5));
    }

    [Test]
    public void The_plugins_name_is_found_in_any_case_and_keys_with_hyphen_or_underscore()
    {
        _declared["max_lines"] = new ManifestSetting { Type = "integer" };
        _options.Settings["P"] = new() { ["max-lines"] = "7" };
        Resolve().Value!.GetInt32("max_lines", 0).Should().Be(7);
    }

    [Test]
    public void What_is_required_needs_a_value()
    {
        _declared["url"] = new ManifestSetting { Required = true };
        Refused().Should().Contain("'url' of p is required but has no value");
        Configure("url", "x");
        Resolve().Findings.Should().BeEmpty();
    }

    [Test]
    public void A_key_that_the_plugin_does_not_know_is_refused_with_those_it_knows()
    {
        _declared["threshold"] = new ManifestSetting();
        Configure("treshold", "1");
        Refused().Should().Contain("'treshold'").And.Contain("Use one of threshold").And.Contain("PluginHost:Activation:Settings:p:treshold");
    }

    [Test]
    public void A_plugin_that_declares_no_settings_takes_any()
    {
        Configure("anything", "1");
        Resolve().Value!.Get("anything").Should().Be("1");
    }

    [TestCase("boolean", "yes")]
    [TestCase("integer", "1.5")]
    [TestCase("integer", "x")]
    [TestCase("number", "1,5")]
    public void A_value_of_another_type_is_refused(string type, string value)
    {
        _declared["key"] = new ManifestSetting { Type = type };
        Configure("key", value);
        Refused().Should().Contain($"is '{value}', but must be of type {type}");
    }

    [TestCase("boolean", "True")]
    [TestCase("integer", "-3")]
    [TestCase("number", "1e-3")]
    [TestCase("string", "")]
    public void A_value_of_the_type_is_taken(string type, string value)
    {
        _declared["key"] = new ManifestSetting { Type = type };
        Configure("key", value);
        Resolve().Findings.Should().BeEmpty();
    }

    [TestCase("0.9", false)]
    [TestCase("1", true)]
    [TestCase("10", true)]
    [TestCase("10.1", false)]
    public void A_number_stays_within_its_bounds(string value, bool fits)
    {
        _declared["key"] = new ManifestSetting { Type = "number", Minimum = 1, Maximum = 10 };
        Configure("key", value);
        (Resolve().Value is not null).Should().Be(fits);
        if (!fits) Refused().Should().Contain("outside 1 to 10");
    }

    [Test]
    public void A_value_that_is_not_allowed_is_refused()
    {
        _declared["mode"] = new ManifestSetting { Allowed = ["fast", "slow"] };
        Configure("mode", "FAST");
        Refused().Should().Contain("'FAST', which is not allowed").And.Contain("fast, slow");
    }

    [TestCase("integer", null)]
    [TestCase("string", "other")]
    public void A_secret_is_in_no_finding(string type, string? allowed)
    {
        _declared["token"] = new ManifestSetting { Type = type, Secret = true, Allowed = allowed is null ? [] : [allowed], Minimum = 5 };
        Configure("token", "hunter2");
        Refused().Should().Contain("(secret)").And.NotContain("hunter2");
        Configure("token", "1");
        if (type == "integer") Refused().Should().Contain("(secret)").And.NotContain("'1'");
    }

    [Test]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        _declared["a"] = new ManifestSetting { Required = true };
        _declared["b"] = new ManifestSetting { Type = "boolean" };
        Configure("b", "x");
        Configure("c", "x");
        Resolve().Findings.Should().HaveCount(3).And.OnlyContain(static f => f.Code == "CSG1601");
    }

    private void Configure(string key, string value)
    {
        _options.Settings.TryAdd("p", []);
        _options.Settings["p"][key] = value;
    }

    private string Refused()
    {
        var resolved = Resolve();
        resolved.Value.Should().BeNull();
        return string.Join(' ', resolved.Findings);
    }

    private PluginHost.StageResult<Plugins.PluginSettings> Resolve()
        => SettingsResolver.Resolve(FakeRunning.Version("p").Manifest with { Configuration = _declared }, _options);
}
