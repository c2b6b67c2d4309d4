using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Updates;
using CloudSage.PluginHost.Updates.Applying;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CloudSage.UnitTests.Updates;

public sealed class AddSecurityUpdatesTests
{
    [Test]
    public void What_is_missing_beside_it_is_said_in_one_sentence_by_the_calls_that_add_it()
    {
        using var services = new ServiceCollection().AddPluginHost().AddSecurityUpdates()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        FluentActions.Invoking(() => services.GetServices<IHostedService>().ToArray()).Should().Throw<InvalidOperationException>()
            .WithMessage("Security updates need what AddPluginAdvisories and AddPluginPackages add: call them too, beside AddSecurityUpdates.");
    }

    [Test]
    public void A_value_that_an_option_does_not_have_is_named_by_its_path_and_with_what_may_be_written()
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create("PluginHost:SecurityUpdates:MinimumSeverity", (string?)"Bad"), KeyValuePair.Create("PluginHost:SecurityUpdates:Coldown", (string?)"1")])
            .Build().GetSection("PluginHost:SecurityUpdates");
        using var services = new ServiceCollection().AddPluginHost().AddSecurityUpdates(section).BuildServiceProvider();

        FluentActions.Invoking(() => services.GetRequiredService<IOptions<SecurityUpdateOptions>>().Value).Should().Throw<InvalidOperationException>().Which.Message
            .Should().Contain("PluginHost:SecurityUpdates:MinimumSeverity is 'Bad', but must be one of: ").And.Contain("PluginHost:SecurityUpdates:Coldown is no option. Did you mean 'Cooldown'?");
    }
}
