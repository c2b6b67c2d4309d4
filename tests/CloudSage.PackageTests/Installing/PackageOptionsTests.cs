using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CloudSage.PackageTests.Installing;

/// <summary>What is asked of packages, from the configuration: a policy that was mistyped is no policy.</summary>
internal sealed class PackageOptionsTests
{
    private static readonly string Fingerprint = new('a', 64);

    [Test]
    public void The_section_configures_the_policy()
    {
        var options = Read(("Signatures", "Require"), ("Signers:0:Role", "Author"), ("Signers:0:Fingerprint", Fingerprint), ("Timeout", "00:00:05"), ("Platforms:0", "linux-x64"));
        options.Signatures.Should().Be(SignatureMode.Require);
        options.Signers.Should().Equal(new PackageSigner(SignerRole.Author, Fingerprint));
        options.Timeout.Should().Be(TimeSpan.FromSeconds(5));
        options.Platforms.Should().Equal("linux-x64");
    }

    [TestCase("Signature", "Require")]
    [TestCase("Signatures", "Required")]
    public void What_nobody_knows_is_refused(string key, string value)
        => FluentActions.Invoking(() => Read((key, value))).Should().Throw<InvalidOperationException>().WithMessage($"*{(key == "Signatures" ? value : key)}*");

    [Test]
    public void A_signer_without_its_parts_is_refused()
        => FluentActions.Invoking(() => Read(("Signers:0:Fingerprnt", Fingerprint))).Should().Throw<InvalidOperationException>();

    [Test]
    public void What_is_wrong_is_said_all_at_once_with_its_key()
        => FluentActions.Invoking(() => Read(
                ("SettingsRoot", " "), ("Timeout", "-00:00:01"), ("DownloadTimeout", "0"), ("Signatures", "7"), ("Signers:0:Role", "Author"), ("Signers:0:Fingerprint", "abc"), ("MaxFolderBytes", "0")))
            .Should().Throw<OptionsValidationException>().Which.Failures.Should().SatisfyRespectively(
                static f => f.Should().StartWith("PluginHost:Packages:SettingsRoot must not be empty"),
                static f => f.Should().StartWith("PluginHost:Packages:Timeout is -00:00:01"),
                static f => f.Should().StartWith("PluginHost:Packages:DownloadTimeout is 00:00:00"),
                static f => f.Should().Be("PluginHost:Packages:Signatures is 7, but must be Accept or Require."),
                static f => f.Should().StartWith("PluginHost:Packages:Signers:0:Fingerprint is 'abc'"),
                static f => f.Should().StartWith("PluginHost:Packages:MaxFolderBytes is 0"));

    private static PackageOptions Read(params (string Key, string Value)[] settings)
    {
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static s => KeyValuePair.Create($"PluginHost:Packages:{s.Key}", (string?)s.Value))).Build().GetSection("PluginHost:Packages");
        using var services = new ServiceCollection().AddPluginHost(static _ => { }).AddPluginPackages(section).BuildServiceProvider();
        return services.GetRequiredService<IOptions<PackageOptions>>().Value;
    }
}
