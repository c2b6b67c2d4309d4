using System.CommandLine;
using System.Globalization;
using CloudSage.Cli.Codes;
using CloudSage.Cli.Rendering;
using CloudSage.Cli.Sessions;
using CloudSage.PluginHost;
using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.Manifests;
using CloudSage.PluginHost.Staging.Archives;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg plugins audit</c>: which plugins bring packages with known vulnerabilities. No code of them runs.</summary>
internal static class AuditCommand
{
    public static Command Create(Answer answer)
    {
        var name = new Argument<string?>("NAME") { Description = "The plugin's name; all plugins without it.", Arity = ArgumentArity.ZeroOrOne };
        var advisories = new ExaminationOptions();
        var (plugins, format) = (CommonOptions.Folder(), CommonOptions.Output());
        var command = new Command("audit", "Look for packages with known vulnerabilities, without running anything.") { name, plugins, format };
        advisories.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RegistrarOptions.RunAsync(answer, async () =>
        {
            var folder = parsed.GetRequiredValue(plugins);
            if (PluginFolder.Check(folder) is { } missing) return answer.Refuse(missing);
            if (advisories.Check(parsed) is { } absent) return answer.Refuse(absent);
            if (advisories.NotLookedUp(parsed) is { } none) return answer.Refuse(none with { Code = CliCodes.Usage, Severity = FindingSeverity.Error });

            await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddSingleton<AdvisoryScanner>()
                .Configure<AdvisoryOptions>(options => advisories.Configure(parsed, options)).BuildServiceProvider();
            var all = Audit(folder, services.GetRequiredService<AdvisoryScanner>(), cancellationToken);
            var wanted = parsed.GetValue(name);
            List<PluginAudit> audits = [.. all.Where(audit => wanted is null || audit.Plugin == wanted)];
            if (wanted is not null && audits.Count == 0) return answer.Refuse(PluginFolder.Unknown(wanted, [.. all.Select(static a => a.Plugin)]));
            await answer.TellAsync(audits, CliJsonContext.Default.IReadOnlyListPluginAudit, AuditView.Of, cancellationToken);
            // What could not be looked at is no good news either.
            return audits.All(static a => a.Report.Verdict == AdvisoryVerdict.Clean) ? ExitCodes.Success : ExitCodes.Failed;
        }));
        return command;
    }

    internal static Option<double> MaximumAge()
    {
        var age = new Option<double>("--max-age") { Description = "How old the database may be, in days.", HelpName = "DAYS", DefaultValueFactory = static _ => 7 };
        age.Validators.Add(static result =>
        {
            // What is no number at all is refused by the parser itself.
            if (result.Tokens is [var token] && double.TryParse(token.Value, CultureInfo.InvariantCulture, out var days) && days is not (> 0 and <= 36_500)) result.AddError("--max-age needs a number of days above 0, such as 7 or 0.5.");
        });
        return age;
    }

    /// <summary>Looks at every plugin of a folder.</summary>
    internal static List<PluginAudit> Audit(string folder, AdvisoryScanner scanner, CancellationToken cancellationToken)
    {
        var audits = new List<PluginAudit>();
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Where(PluginValidation.IsLookedAt).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            audits.Add(File.Exists(path) && PluginArchive.IsArchive(path) ? NotScanned(path, "It is an archive, which is not looked into here: a host with advisories looks into it before it lets it in.")
                : PluginValidation.ManifestOf(path) is { } manifest ? Audit(path, manifest, scanner, cancellationToken)
                : NotScanned(path, $"Its manifest cannot be read: 'csg validate {path}' says why."));
        }

        return audits;
    }

    private static PluginAudit Audit(string path, PluginManifest manifest, AdvisoryScanner scanner, CancellationToken cancellationToken)
    {
        try
        {
            return new PluginAudit(manifest.Name, scanner.Scan(manifest.Name, path, manifest.EntryPoint, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What one plugin's files keep from being told does not keep the others from it.
            return NotScanned(manifest.Name, $"Its files cannot be read: {e.Message}");
        }
    }

    private static PluginAudit NotScanned(string path, string why)
        => new(Path.GetFileName(path), new AdvisoryReport { Verdict = AdvisoryVerdict.NotScanned, Unresolved = [why] });
}
