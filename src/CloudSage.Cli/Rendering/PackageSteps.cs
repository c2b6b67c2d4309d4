using CloudSage.PluginHost.NuGet;
using CloudSage.Terminal;
using Spectre.Console;

namespace CloudSage.Cli.Rendering;

/// <summary>Shows on a terminal which step is done with which package. Elsewhere, and where programs are answered, it says nothing.</summary>
internal sealed class PackageSteps(StatusContext status) : IProgress<PackageProgress>
{
    public static Task<T> WhileAsync<T>(Answer answer, string what, Func<IProgress<PackageProgress>?, Task<T>> work)
        => answer.Error.IsTerminal && !answer.IsJson
            ? answer.Error.Live.Status().StartAsync(Markup.Escape(PlainText.Line(what)), status => work(new PackageSteps(status)))
            : work(null);

    public void Report(PackageProgress value) => status.Status(Markup.Escape(PlainText.Line(Text(value))));

    /// <summary>What is shown of a step.</summary>
    internal static string Text(PackageProgress progress) => progress.Step switch
    {
        PackageStep.Choose => $"asking for the versions of {progress.Package}",
        PackageStep.Download => $"downloading {progress.Package}",
        PackageStep.Examine => $"looking through {progress.Package}",
        PackageStep.Keep => $"keeping {progress.Package}",
        PackageStep.Verify => $"verifying who signed {progress.Package}",
        PackageStep.Resolve => $"resolving what {progress.Package} needs",
        PackageStep.Select => $"choosing the files of {progress.Package}",
        PackageStep.Write => $"writing {progress.Package}",
        _ => $"flushing {progress.Package} to the disk",
    };
}
