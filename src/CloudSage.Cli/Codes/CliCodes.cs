namespace CloudSage.Cli.Codes;

/// <summary>What csg says about what it was asked. Listed in docs/diagnostics.md.</summary>
internal static class CliCodes
{
    /// <summary>A file or folder that was named is not there. Check the path.</summary>
    public const string NotFound = "CSG4001";

    /// <summary>There is no plugin folder. Name one with <c>--plugins</c>, or build the samples into <c>plugins</c>.</summary>
    public const string NoPluginFolder = "CSG4002";

    /// <summary>No plugin of that name is in the plugin folder. The message lists those that are.</summary>
    public const string UnknownPlugin = "CSG4003";

    /// <summary>A value is not of the form that the option needs. The message shows the form.</summary>
    public const string BadForm = "CSG4004";

    /// <summary>A plugin that a setting was given for is not active; its findings say why. Correct the setting, or mend the plugin.</summary>
    public const string SettingNotUsable = "CSG4005";

    /// <summary>A decision cannot be written into the host's state directory: a damaged file, missing rights, a full disk. See to the directory.</summary>
    public const string StateNotWritable = "CSG4006";

    /// <summary>The command line is wrong. <c>--help</c> shows how the command is used.</summary>
    public const string Usage = "CSG4007";

    /// <summary>The command was ended by a signal before it was done. Nothing is half done; run it again.</summary>
    public const string Interrupted = "CSG4008";

    /// <summary>A defect in csg: what nobody expected. Report it with what is on standard error.</summary>
    public const string Defect = "CSG4009";

    /// <summary>Advisories were not looked up while a plugin was registered, for no database was named. Name one with <c>--advisories</c>.</summary>
    public const string NotLookedUp = "CSG4010";

    /// <summary>The lock file would change, and <c>--locked</c> forbids that. Leave it out if the change is meant.</summary>
    public const string LockWouldChange = "CSG4011";

    /// <summary>A registered plugin cannot be put back: it came from no package source. Register it from where it came from.</summary>
    public const string CannotRestore = "CSG4012";

    /// <summary>What a package source has is not the content that was registered. See what was changed; without <c>--locked</c> it is registered anew.</summary>
    public const string RestoredDiffers = "CSG4013";

    /// <summary>The input ended before a question was answered (Ctrl-D). Nothing was registered: answer, or use <c>--yes</c> and <c>--grant</c>.</summary>
    public const string NoAnswer = "CSG4014";

    /// <summary>A name that a new plugin cannot have. The message says what names are like.</summary>
    public const string BadPluginName = "CSG4020";

    /// <summary>The folder of a new project is there and not empty. Name another with <c>--output-dir</c>.</summary>
    public const string FolderNotEmpty = "CSG4021";

    /// <summary>A file or folder cannot be written: missing rights, a full disk. See to it, or name another.</summary>
    public const string CannotWrite = "CSG4022";

    /// <summary>A path holds several plugins where one is meant. The message lists them.</summary>
    public const string SeveralPlugins = "CSG4023";

    /// <summary>A path holds the source of a plugin where a built one is meant. The message says how to build it.</summary>
    public const string NotBuilt = "CSG4024";

    /// <summary>A path holds no project of a plugin. Name a project that has a manifest.yaml beside it.</summary>
    public const string NoProject = "CSG4025";

    /// <summary>A plugin's project cannot be built; the message is the compiler's. Mend it.</summary>
    public const string BuildFailed = "CSG4026";

    /// <summary>There is no .NET SDK on the path, which builds and packs plugins. Install it.</summary>
    public const string NoSdk = "CSG4027";

    /// <summary>A fixture cannot be read. The message says where; docs/csg.md shows the format.</summary>
    public const string BadFixture = "CSG4028";
}
