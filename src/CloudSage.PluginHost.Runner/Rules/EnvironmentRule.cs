using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>What surrounds the process, secrets in environment variables among it.</summary>
internal sealed class EnvironmentRule() : PowerRule(PluginPermissions.ReadEnvironment, new UsePatterns(
    "Microsoft.Win32.*", "!Microsoft.Win32.SafeHandles.*", "System.Security.Principal.WindowsIdentity",
    "System.Environment::GetEnvironmentVariable*", "System.Environment::ExpandEnvironmentVariables", "System.Environment::get_CommandLine", "System.Environment::GetCommandLineArgs",
    "System.Environment::get_UserName", "System.Environment::get_UserDomainName", "System.Environment::get_MachineName", "System.Environment::GetFolderPath",
    "System.Environment::get_CurrentDirectory", "System.Environment::get_SystemDirectory", "System.Environment::GetLogicalDrives", "System.Environment::get_ProcessPath",
    "System.IO.Directory::GetCurrentDirectory", "Microsoft.VisualBasic.Interaction::Environ", "Microsoft.VisualBasic.Interaction::Command",
    "Microsoft.VisualBasic.Interaction::GetSetting", "Microsoft.VisualBasic.Interaction::GetAllSettings", "Microsoft.VisualBasic.Interaction::SaveSetting", "Microsoft.VisualBasic.Interaction::DeleteSetting"));
