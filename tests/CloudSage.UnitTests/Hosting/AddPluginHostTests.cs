using CloudSage.PluginHost;
using CloudSage.PluginHost.Activation;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Brokering;
using CloudSage.PluginHost.Hosting;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace CloudSage.UnitTests.Hosting;

public sealed class AddPluginHostTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TempFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void With_nothing_it_takes_its_defaults_below_the_content_root()
    {
        using var services = Build(static s => s.AddPluginHost());
        var options = Options(services);
        options.Discovery.Directories.Should().Equal(_folder.File("plugins"));
        options.Staging.StoreDirectory.Should().StartWith(_folder.Path);
        options.Lifecycle.StateDirectory.Should().Be(_folder.File(Path.Combine(".cloudsage", "state")));
        options.Activation.DataDirectory.Should().Be(_folder.File(Path.Combine(".cloudsage", "data")));
    }

    [Test]
    public void Without_a_host_environment_paths_are_below_the_working_directory()
    {
        using var services = new ServiceCollection().AddPluginHost().BuildServiceProvider();
        Options(services).Discovery.Directories.Should().Equal(Path.Combine(Directory.GetCurrentDirectory(), "plugins"));
    }

    [Test]
    public void A_section_configures_every_room()
    {
        using var services = Build(s => s.AddPluginHost(Section(
            ("Discovery:Directories:0", "mine"), ("Broker:CallDeadline", "00:00:07"), ("Permissions:Grants:p:0", "ReadCostData"), ("Activation:Settings:p:key", "value"))));
        Options(services).Discovery.Directories.Should().Equal(_folder.File("mine"));
        services.GetRequiredService<IOptions<BrokerOptions>>().Value.CallDeadline.Should().Be(TimeSpan.FromSeconds(7));
        services.GetRequiredService<IOptionsMonitor<PermissionOptions>>().CurrentValue.Grants["P"].Should().Equal("ReadCostData");
        services.GetRequiredService<IOptionsMonitor<ActivationOptions>>().CurrentValue.Settings["p"]["key"].Should().Be("value");
    }

    [Test]
    public void A_key_that_does_not_exist_is_an_error_that_names_it()
    {
        using var services = Build(s => s.AddPluginHost(Section(("Broker:CallDedline", "00:00:07"))));
        FluentActions.Invoking(() => Options(services)).Should().Throw<InvalidOperationException>().WithMessage("*CallDedline*");
    }

    [Test]
    public void Everything_that_no_option_is_or_has_is_said_at_once_by_its_whole_path_and_with_what_may_be_written()
    {
        using var services = Build(s => s.AddPluginHost(Section(
            ("Services:Registry", "Consul"), ("Service:Lease", "00:00:07"), ("Broker:CallDedline", "00:00:07"), ("Unloading:LeakReports:Hodlers", "1"), ("Registration:Policy", "strict"), ("Permissions:Grants:p:0", "x"))));
        FluentActions.Invoking(() => Options(services)).Should().Throw<InvalidOperationException>().Which.Message
            .Should().Contain("PluginHost:Services:Registry is 'Consul', but must be one of: None, Memory, File.")
            .And.Contain("PluginHost:Service is no option. Did you mean 'Services'?")
            .And.Contain("PluginHost:Broker:CallDedline is no option. Did you mean 'CallDeadline'?")
            .And.Contain("PluginHost:Unloading:LeakReports:Hodlers is no option.")
            .And.NotContain("Policy").And.NotContain("Grants");
    }

    [Test]
    public void A_value_that_cannot_be_read_is_named_by_its_whole_path()
    {
        using var services = Build(s => s.AddPluginHost(Section(("Broker:CallDeadline", "soon"))));
        FluentActions.Invoking(() => Options(services)).Should().Throw<InvalidOperationException>().WithMessage("*'soon'*'PluginHost:Broker:CallDeadline'*");
    }

    [Test]
    public void A_change_that_is_not_in_force_is_said_once()
    {
        var section = Section(("Broker:FaultThreshold", "3"));
        var log = new FakeLogCollector();
        using var services = Build(s => s.AddPluginHost(section).AddLogging(l => l.AddProvider(new FakeLoggerProvider(log))));
        services.GetRequiredService<ConfigurationWatch>().Begin();

        Change("0");
        Change("0");
        Warnings().Should().ContainSingle().Which.Should().Contain("PluginHost:Broker:FaultThreshold is 0, but must be at least 1.");
        Change("4");
        Warnings().Should().HaveCount(1);
        section["Broker:FaultTreshold"] = "1";
        Reload();
        Warnings().Should().HaveCount(2).And.Subject.Last().Should().Contain("PluginHost:Broker:FaultTreshold is no option.");

        string[] Warnings() => [.. log.GetSnapshot().Where(static r => r.Id.Id == 2103).Select(static r => r.Message)];

        void Change(string value)
        {
            section["Broker:FaultThreshold"] = value;
            Reload();
        }

        void Reload()
        {
            try
            {
                ((IConfigurationRoot)_root!).Reload();
            }
            catch (Exception e) when (e is AggregateException or OptionsValidationException or InvalidOperationException)
            {
                // The monitor tells whoever reloads that the new options are not valid.
            }
        }
    }

    [Test]
    public void What_is_configured_by_code_after_a_section_wins()
    {
        using var services = Build(s => s.AddPluginHost(Section(("Broker:CallDeadline", "00:00:07"))).AddPluginHost(static o => o.Broker.CallDeadline = TimeSpan.FromSeconds(8)));
        Options(services).Broker.CallDeadline.Should().Be(TimeSpan.FromSeconds(8));
    }

    [Test]
    public void Adding_it_twice_is_adding_it_once()
    {
        using var services = Build(static s => s.AddPluginHost().AddPluginHost());
        services.GetServices<IHostedService>().OfType<PluginHostService>().Should().ContainSingle();
        services.GetServices<IPluginHost>().Should().ContainSingle();
        Options(services).Discovery.Directories.Should().ContainSingle();
    }

    [Test]
    public void Options_that_are_not_valid_are_refused()
    {
        using var services = Build(static s => s.AddPluginHost(static o => o.Broker.FaultThreshold = 0));
        FluentActions.Invoking(() => Options(services)).Should().Throw<OptionsValidationException>().WithMessage("*FaultThreshold*");
    }

    [Test]
    public void A_change_that_is_not_valid_leaves_the_rooms_with_what_they_had_and_a_valid_one_reaches_them()
    {
        var section = Section(("Broker:FaultThreshold", "3"));
        using var services = Build(s => s.AddPluginHost(section));
        var broker = services.GetRequiredService<IOptionsMonitor<BrokerOptions>>();
        broker.CurrentValue.FaultThreshold.Should().Be(3);

        Change("0");
        broker.CurrentValue.FaultThreshold.Should().Be(3);
        Change("many");
        broker.CurrentValue.FaultThreshold.Should().Be(3);
        Change("4");
        broker.CurrentValue.FaultThreshold.Should().Be(4);

        void Change(string value)
        {
            section["Broker:FaultThreshold"] = value;
            try
            {
                ((IConfigurationRoot)_root!).Reload();
            }
            catch (Exception e) when (e is AggregateException or OptionsValidationException or InvalidOperationException)
            {
                // The monitor tells whoever reloads that the new options are not valid.
            }
        }
    }

    private IConfiguration? _root;

    private IConfigurationSection Section(params (string Key, string Value)[] values)
    {
        _root = new ConfigurationBuilder().AddInMemoryCollection(values.Select(static v => KeyValuePair.Create<string, string?>($"PluginHost:{v.Key}", v.Value))).Build();
        return _root.GetSection("PluginHost");
    }

    private ServiceProvider Build(Action<IServiceCollection> add)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IHostEnvironment>(new HostingEnvironment { ContentRootPath = _folder.Path });
        add(services);
        return services.BuildServiceProvider();
    }

    private static PluginHostOptions Options(IServiceProvider services) => services.GetRequiredService<IOptions<PluginHostOptions>>().Value;

    private sealed class HostingEnvironment : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = "Test";

        public string ApplicationName { get; set; } = "test";

        public string ContentRootPath { get; set; } = "";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
