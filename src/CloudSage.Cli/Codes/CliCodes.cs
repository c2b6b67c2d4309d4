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
}
