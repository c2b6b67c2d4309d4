namespace CloudSage.Cli.Codes;

/// <summary>What csg answers to the shell.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something inside csg, the host or a plugin failed.</summary>
    public const int Failed = 1;

    /// <summary>What was asked cannot be done: a file, folder, plugin, setting or option is wrong or missing.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;
}
