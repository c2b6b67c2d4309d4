namespace CloudSage.PluginHost.Manifests;

/// <summary>What may be wrong with a manifest. Listed in docs/diagnostics.md.</summary>
internal static class ManifestCodes
{
    /// <summary>There is no manifest where one must be. Add a manifest.yaml.</summary>
    public const string Missing = "CSG1100";

    /// <summary>The manifest is larger than the host reads. Shorten it.</summary>
    public const string TooLarge = "CSG1101";

    /// <summary>The manifest is not UTF-8. Save it as UTF-8.</summary>
    public const string NotUtf8 = "CSG1102";

    /// <summary>The manifest holds a character that cannot be seen and changes what is read. Delete it.</summary>
    public const string ForbiddenCharacter = "CSG1103";

    /// <summary>The manifest is empty. Write the required keys.</summary>
    public const string Empty = "CSG1104";

    /// <summary>The manifest is not YAML. Mend the syntax at the place named.</summary>
    public const string NotYaml = "CSG1105";

    /// <summary>The manifest is YAML, but not keys with values. Write <c>key: value</c> lines.</summary>
    public const string NotAMapping = "CSG1106";

    /// <summary>The manifest is nested deeper, or has more entries, than the host reads. Simplify it.</summary>
    public const string TooComplex = "CSG1107";

    /// <summary>An anchor or alias, which manifests may not use. Write the value out.</summary>
    public const string AnchorOrAlias = "CSG1108";

    /// <summary>A YAML tag, which manifests may not use. Remove it.</summary>
    public const string ExplicitTag = "CSG1109";

    /// <summary>More than one YAML document. Keep the first.</summary>
    public const string SeveralDocuments = "CSG1110";

    /// <summary>A key that is there twice, also where one is spelt with hyphens or in the plural. Keep one.</summary>
    public const string DuplicateKey = "CSG1111";

    /// <summary>A key that manifests do not have. Correct or remove it.</summary>
    public const string UnknownKey = "CSG1112";

    /// <summary>A list, a mapping or a single value where another of these must be. Write it as the message says.</summary>
    public const string WrongShape = "CSG1113";

    /// <summary>A required key is missing or empty. Add it.</summary>
    public const string MissingKey = "CSG1114";

    /// <summary>A key that this type of plugin requires is missing. Add it, or correct the type.</summary>
    public const string MissingKeyForType = "CSG1115";

    /// <summary>More findings than are listed. Mend the listed ones first.</summary>
    public const string More = "CSG1116";

    /// <summary>The name is not safe. Use lower-case letters, digits and hyphens.</summary>
    public const string Name = "CSG1120";

    /// <summary>The version is not SemVer 2.0. Write three numbers.</summary>
    public const string Version = "CSG1121";

    /// <summary>The type is unknown. Write one of the four.</summary>
    public const string Type = "CSG1122";

    /// <summary>The entry point is not a path inside the plugin. Write it relative, with forward slashes.</summary>
    public const string EntryPoint = "CSG1123";

    /// <summary>The entry type is not the full name of a .NET type. Write namespace and name.</summary>
    public const string EntryType = "CSG1124";

    /// <summary>A value that is none of the allowed ones. Write one of them.</summary>
    public const string Choice = "CSG1125";

    /// <summary>A value that is neither true nor false. Write one of the two.</summary>
    public const string Boolean = "CSG1126";

    /// <summary>A value that is not a number, or outside its bounds. Write a number within them.</summary>
    public const string Number = "CSG1127";

    /// <summary>A value that is not a length of time, or outside its bounds. Write one such as <c>30s</c>.</summary>
    public const string Duration = "CSG1128";

    /// <summary>A text holds control characters. Remove them.</summary>
    public const string ControlCharacter = "CSG1129";

    /// <summary>A permission that the host does not know. Correct the name.</summary>
    public const string Permission = "CSG1130";

    /// <summary>An entry of a list that is there twice. Keep one.</summary>
    public const string DuplicateEntry = "CSG1131";

    /// <summary>A range of versions that cannot be read, or that no version satisfies. Correct it.</summary>
    public const string VersionRange = "CSG1132";

    /// <summary>A plugin that depends on itself. Remove the entry.</summary>
    public const string SelfDependency = "CSG1133";

    /// <summary>A trigger without a kind, or with more than one. Give it exactly one.</summary>
    public const string TriggerKind = "CSG1134";

    /// <summary>A schedule that is not a cron expression, or that never comes due. Correct it.</summary>
    public const string Schedule = "CSG1135";

    /// <summary>A time zone that this machine does not know. Write an IANA name.</summary>
    public const string TimeZone = "CSG1136";

    /// <summary>A key that does not go with the trigger's kind. Remove it.</summary>
    public const string TriggerKey = "CSG1137";

    /// <summary>A trigger runs a command that the plugin does not declare. Declare it, or correct the name.</summary>
    public const string TriggerCommand = "CSG1138";

    /// <summary>An extension point that the host does not know. Correct the name.</summary>
    public const string ExtensionPoint = "CSG1140";

    /// <summary>A command's name is not safe. Use letters, digits, hyphens, underscores and dots.</summary>
    public const string CommandName = "CSG1141";

    /// <summary>A platform's hash is not a SHA-256. Write <c>sha256:</c> and 64 hexadecimal digits.</summary>
    public const string PlatformHash = "CSG1142";

    /// <summary>An allowed host is not a host name. Write the name alone, without scheme or path.</summary>
    public const string Host = "CSG1143";

    /// <summary>A path of <c>filesystem</c> is not safe. Write it without <c>..</c>.</summary>
    public const string FilePath = "CSG1144";

    /// <summary>The homepage is not a web address. Write one that begins with https.</summary>
    public const string Homepage = "CSG1145";

    /// <summary>A setting's description is contradictory or its name unusable. Correct it.</summary>
    public const string Setting = "CSG1150";

    /// <summary>A setting's default is not a value that the setting allows. Correct it.</summary>
    public const string SettingDefault = "CSG1151";

    /// <summary>A secret setting has a default, which everyone can read in the manifest. Remove it.</summary>
    public const string SecretDefault = "CSG1152";

    /// <summary>The manifest or its assembly cannot be read from disk. See to access rights.</summary>
    public const string Unreadable = "CSG1160";

    /// <summary>The assembly that should hold the manifest is damaged. Copy it again.</summary>
    public const string DamagedAssembly = "CSG1161";

    /// <summary>More than one manifest. Keep one.</summary>
    public const string Ambiguous = "CSG1162";
}
