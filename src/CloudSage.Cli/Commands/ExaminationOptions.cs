using System.CommandLine;
using System.CommandLine.Parsing;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Admission;
using CloudSage.PluginHost.NuGet.Installing;
using CloudSage.PluginHost.Runner.Admission;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Cli.Commands;

/// <summary>Which advisories plugins are held against, and how old these may be.</summary>
internal sealed class ExaminationOptions
{
    /// <summary>Names the database where the command line does not.</summary>
    private const string Variable = "CSG_ADVISORIES";

    private readonly Option<string?> _database = new("--advisories")
    {
        Description = $"The database of advisories: a folder or .zip of OSV records. Without it: the environment variable {Variable}.", HelpName = "PATH",
    };

    private readonly Option<double> _age = AuditCommand.MaximumAge();

    public void AddTo(Command command)
    {
        command.Add(_database);
        command.Add(_age);
    }

    /// <summary>Whether the command line itself names a database.</summary>
    public bool IsNamedIn(CommandResult command) => command.GetResult(_database) is not null;

    /// <summary>The database; null where none is named.</summary>
    public string? Database(ParseResult parsed)
        => parsed.GetValue(_database) ?? (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null);

    /// <summary>The finding where the database that is named is not there.</summary>
    public Finding? Check(ParseResult parsed) => Database(parsed) is not { } database || Path.Exists(database) ? null
        : Finding.Error(CliCodes.NotFound, $"There is neither a folder nor a file '{database}'.", "Check the path.");

    /// <summary>Says that nothing was looked up; null where a database is named.</summary>
    public Finding? NotLookedUp(ParseResult parsed) => Database(parsed) is not null ? null
        : Finding.Warning(CliCodes.NotLookedUp, "No database of advisories is named: whether packages of the plugin have known vulnerabilities was not looked up.",
            $"Name one with --advisories PATH or the environment variable {Variable}.");

    public void Configure(ParseResult parsed, AdvisoryOptions options)
        => (options.Database, options.MaximumAge) = (Database(parsed), TimeSpan.FromDays(parsed.GetRequiredValue(_age)));

    /// <summary>The checks that a plugin passes on its way in, and what unpacks packages.</summary>
    public void AddChecks(ParseResult parsed, IServiceCollection services)
    {
        AddScan(services);
        if (Database(parsed) is not null) services.AddPluginAdvisories(options => Configure(parsed, options));
    }

    /// <summary>The scan alone, by a child that is started when it comes to that.</summary>
    public static void AddScan(IServiceCollection services) => services.AddPluginScan(static options => options.WarmUp = false).AddPluginPackages();
}
