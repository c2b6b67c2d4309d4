using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.Verification;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.IntegrationTests.Admission;

/// <summary>Checks that are added to the host keep plugins out, and an old version goes on serving.</summary>
internal sealed class PluginCheckTests : HostTests
{
    private const string Name = "guarded";
    private const string Requirements = "requirements.txt";

    private static readonly PluginFiles First = new PluginSource(Name).Build();

    [Test]
    public async Task A_vulnerable_package_is_warned_of_or_refused_as_the_policy_says([Values] AdvisoryPolicy policy, [Values("Development", "Production")] string environment)
    {
        var warns = policy == AdvisoryPolicy.Warn || (policy == AdvisoryPolicy.ByEnvironment && environment == "Development");
        Plugins.Add(First.With(Requirements, "lib==2.0.0\n"));
        await using var host = await StartAsync(
            o => o.Registration.Environment = environment,
            builder => builder.Services.AddPluginAdvisories(options => (options.Database, options.Policy) = (Database(), policy)));
        (await host.AskAsync(Name)).Should().Be("1.0.0");
        host.Plugins.Find(Name)!.Findings.Should().BeEmpty();

        Plugins.Swap(new PluginSource(Name) { Version = "1.1.0" }.Build().With(Requirements, "lib==1.0.0\n"));

        await Eventually.TrueAsync(() => host.Plugins.Find(Name)!.Findings.Any(static f => f.Code == "CSG2301"), "the vulnerability is found");
        var found = host.Plugins.Find(Name)!.Findings.Single(static f => f.Code == "CSG2301");
        found.Message.Should().Contain("lib 1.0.0").And.Contain("GHSA-aaaa").And.Contain("bad");
        found.Remedy.Should().Contain("2.0.0");
        found.Location!.File.Should().Be(Requirements);
        if (warns) await host.BecomesAsync(Name, PluginState.Active, "1.1.0");
        (await host.AskAsync(Name)).Should().Be(warns ? "1.1.0" : "1.0.0");
    }

    [Test]
    public async Task Without_a_database_a_strict_host_lets_nothing_in()
    {
        Plugins.Add(First);
        await using var host = await StartAsync(host: static builder => builder.Services.AddPluginAdvisories(static _ => { }));
        var status = await host.BecomesAsync(Name, PluginState.Rejected);
        status.Findings.Should().ContainSingle().Which.Code.Should().Be("CSG2302");
    }

    [Test]
    public async Task A_check_that_fails_itself_lets_nothing_in_until_it_is_mended_and_tried_again()
    {
        Plugins.Add(First);
        var check = new BrittleCheck();
        await using var host = await StartAsync(host: builder => builder.Services.AddSingleton<IPluginCheck>(check));
        var status = await host.BecomesAsync(Name, PluginState.Rejected);
        var finding = status.Findings.Should().ContainSingle().Subject;
        finding.Code.Should().Be("CSG1371");
        finding.Message.Should().Contain(nameof(BrittleCheck)).And.Contain("the signer is away");

        check.IsMended = true;
        await host.Plugins.RetryAsync(Name, CancellationToken.None);

        await host.BecomesAsync(Name, PluginState.Active);
        check.Seen!.Manifest.Name.Should().Be(Name);
        File.Exists(Path.Combine(check.Seen.Directory, check.Seen.Manifest.EntryPoint)).Should().BeTrue("it sees the staged files");
    }

    private string Database()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Place.Root, "advisories")).FullName;
        File.WriteAllText(Path.Combine(folder, "GHSA-aaaa.json"), $$"""
            { "id": "GHSA-aaaa", "modified": "{{DateTimeOffset.UtcNow:O}}", "summary": "bad",
              "affected": [ { "package": { "ecosystem": "PyPI", "name": "lib" },
                "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "2.0.0" } ] } ] } ] }
            """);
        return folder;
    }

    private sealed class BrittleCheck : IPluginCheck
    {
        public bool IsMended { get; set; }

        public PluginCheckSubject? Seen { get; private set; }

        public ValueTask<IReadOnlyList<Finding>> CheckAsync(PluginCheckSubject plugin, CancellationToken cancellationToken)
        {
            if (!IsMended) throw new InvalidOperationException("the signer is away");
            Seen = plugin;
            return ValueTask.FromResult<IReadOnlyList<Finding>>([]);
        }
    }
}
