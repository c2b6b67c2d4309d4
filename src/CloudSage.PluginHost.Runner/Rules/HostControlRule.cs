using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>What there is once in a process and belongs to all of it.</summary>
internal sealed class HostControlRule() : PowerRule(PluginPermissions.ControlHost, new UsePatterns(
    "System.Environment::Exit", "System.Environment::FailFast", "System.Environment::SetEnvironmentVariable", "System.Environment::set_*", "System.IO.Directory::SetCurrentDirectory",
    "System.AppContext::Set*", "System.AppDomain::SetData", "System.AppDomain::add_*", "System.AppDomain::remove_*", "System.Runtime.ExceptionServices.ExceptionHandling",
    "System.Console::Set*", "System.Console::add_CancelKeyPress", "System.Diagnostics.Debugger::Launch", "System.Diagnostics.Debugger::Break",
    "System.Threading.ThreadPool::SetMaxThreads", "System.Threading.ThreadPool::SetMinThreads", "System.Runtime.GCSettings::set_*", "System.GC::TryStartNoGCRegion", "System.GC::RefreshMemoryLimit",
    "System.Globalization.CultureInfo::set_DefaultThread*", "System.Runtime.InteropServices.PosixSignalRegistration", "System.Runtime.ProfileOptimization"));
