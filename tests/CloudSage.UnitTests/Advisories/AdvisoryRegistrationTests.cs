using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.UnitTests.Advisories;

/// <summary>Advisories in an application: from code, and from the configuration.</summary>
public sealed class AdvisoryRegistrationTests
{
    [Test]
    public void The_section_configures_everything_and_its_changes_count()
    {
        using var services = Build(
            ("Database", "advisories"), ("Required", "false"), ("MaximumAge", "3.00:00:00"), ("Policy", "Refuse"), ("OnRunning", "Disable"), ("LookInterval", "00:00:01"),
            ("Waivers:0:Id", "GHSA-1"), ("Waivers:0:Reason", "not reachable"), ("Waivers:0:Expires", "2030-01-02T00:00:00Z"), ("Waivers:0:Plugin", "p"));
        var monitor = services.GetRequiredService<IOptionsMonitor<AdvisoryOptions>>();
        var options = monitor.CurrentValue;
        options.Database.Should().Be(Path.Combine(Directory.GetCurrentDirectory(), "advisories"));
        options.Should().BeEquivalentTo(new
        {
            Required = false, MaximumAge = TimeSpan.FromDays(3), Policy = AdvisoryPolicy.Refuse, OnRunning = RunningAdvisoryAction.Disable, LookInterval = TimeSpan.FromSeconds(1),
        });
        options.Waivers.Should().Equal(new AdvisoryWaiver { Id = "GHSA-1", Reason = "not reachable", Expires = new DateTimeOffset(2030, 1, 2, 0, 0, 0, TimeSpan.Zero), Plugin = "p" });

        var configuration = services.GetRequiredService<IConfigurationRoot>();
        configuration["PluginHost:Advisories:OnRunning"] = "Warn";
        configuration.Reload();
        monitor.CurrentValue.OnRunning.Should().Be(RunningAdvisoryAction.Warn);
    }

    [Test]
    public void The_engine_leaves_the_section_to_its_package_and_still_refuses_what_nobody_knows()
    {
        using var known = Build(("Required", "false"));
        known.GetRequiredService<IOptions<PluginHostOptions>>().Value.Should().NotBeNull();
        using var unknown = Build(("../Advisory:Required", "false"));
        FluentActions.Invoking(() => unknown.GetRequiredService<IOptions<PluginHostOptions>>().Value).Should().Throw<InvalidOperationException>().WithMessage("*Advisory*");
        using var misspelt = Build(("Databse", "x"));
        FluentActions.Invoking(() => misspelt.GetRequiredService<IOptions<AdvisoryOptions>>().Value).Should().Throw<InvalidOperationException>().WithMessage("*Databse*");
    }

    [Test]
    public void What_is_wrong_is_said_all_at_once_with_its_key()
    {
        using var services = Build(("MaximumAge", "0"), ("LookInterval", "2.00:00:00"), ("Policy", "Warn"), ("OnRunning", "Disable"), ("Waivers:3:Plugin", "p"));
        FluentActions.Invoking(() => services.GetRequiredService<IOptions<AdvisoryOptions>>().Value).Should().Throw<OptionsValidationException>()
            .Which.Failures.Should().SatisfyRespectively(
                static f => f.Should().StartWith("PluginHost:Advisories:MaximumAge is 00:00:00"),
                static f => f.Should().StartWith("PluginHost:Advisories:LookInterval is 2.00:00:00"),
                static f => f.Should().StartWith("PluginHost:Advisories:OnRunning is Disable, but PluginHost:Advisories:Policy is Warn"),
                static f => f.Should().Be("PluginHost:Advisories:Waivers:0 must say which advisory it is for: Id."),
                static f => f.Should().Be("PluginHost:Advisories:Waivers:0 must say why: Reason."),
                static f => f.Should().StartWith("PluginHost:Advisories:Waivers:0 must say until when"));
    }

    [Test]
    public void Added_twice_it_is_asked_and_watched_once()
    {
        using var services = new ServiceCollection().AddLogging().AddPluginAdvisories(static _ => { }).AddPluginAdvisories(static o => o.Required = false).BuildServiceProvider();
        services.GetServices<IPluginCheck>().Should().ContainSingle();
        services.GetServices<IHostedService>().Should().ContainSingle();
        services.GetServices<PluginHostSection>().Should().ContainSingle();
        services.GetRequiredService<IOptions<AdvisoryOptions>>().Value.Required.Should().BeFalse();
    }

    private static ServiceProvider Build(params (string Key, string Value)[] settings)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create($"PluginHost:Advisories:{s.Key}".Replace("Advisories:../", string.Empty, StringComparison.Ordinal), (string?)s.Value)))
            .Build();
        return new ServiceCollection().AddSingleton(configuration)
            .AddPluginHost(configuration.GetSection(PluginHostOptions.SectionName)).AddPluginAdvisories(configuration.GetSection("PluginHost:Advisories")).BuildServiceProvider();
    }
}
