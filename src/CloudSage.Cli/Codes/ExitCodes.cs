using CloudSage.PluginHost;
using CloudSage.PluginHost.Hosting;

namespace CloudSage.Cli.Codes;

/// <summary>What csg answers to the shell: the numbers of sysexits.h where they fit. Listed in docs/csg.md.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Done, and the answer is no: a plugin failed, stays in memory, or is vulnerable.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong (EX_USAGE).</summary>
    public const int Usage = 64;

    /// <summary>What was given is wrong: a plugin, a manifest, a bill, a fixture (EX_DATAERR).</summary>
    public const int BadInput = 65;

    /// <summary>What was named is not there, or no answer came to a question (EX_NOINPUT).</summary>
    public const int NoInput = 66;

    /// <summary>A program that csg needs is not there (EX_UNAVAILABLE).</summary>
    public const int Unavailable = 69;

    /// <summary>A defect in csg (EX_SOFTWARE).</summary>
    public const int Defect = 70;

    /// <summary>Something cannot be written (EX_CANTCREAT).</summary>
    public const int CannotCreate = 73;

    /// <summary>A setting is wrong, or for a plugin that cannot use it (EX_CONFIG).</summary>
    public const int Configuration = 78;

    /// <summary>Ctrl-C (SIGINT).</summary>
    public const int Interrupted = 130;

    /// <summary>SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>The exit code that a finding asks for; what is not csg's own is about the data.</summary>
    public static int Of(Finding finding) => finding.Code switch
    {
        CliCodes.BadForm or CliCodes.Usage or CliCodes.BadPluginName or CliCodes.SeveralPlugins => Usage,
        CliCodes.NotFound or CliCodes.NoPluginFolder or CliCodes.UnknownPlugin or CliCodes.NoProject or CliCodes.NoAnswer or PluginRegistrar.UnknownPlugin => NoInput,
        CliCodes.NoSdk => Unavailable,
        CliCodes.FolderNotEmpty or CliCodes.CannotWrite or CliCodes.StateNotWritable => CannotCreate,
        CliCodes.SettingNotUsable => Configuration,
        CliCodes.Defect => Defect,
        _ => BadInput,
    };
}
