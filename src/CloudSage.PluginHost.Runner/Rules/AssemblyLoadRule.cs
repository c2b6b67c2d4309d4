using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>Code from elsewhere, which no scan has seen.</summary>
internal sealed class AssemblyLoadRule() : PowerRule(
    PluginPermissions.LoadAssemblies,
    new UsePatterns(
        "System.Runtime.Loader.*", "System.Reflection.Assembly::Load*", "System.Reflection.Assembly::UnsafeLoadFrom", "System.Reflection.Assembly::ReflectionOnlyLoad*", "System.Reflection.Assembly::add_ModuleResolve",
        "System.Reflection.Emit.AssemblyBuilder::Load*", "System.AppDomain::Load", "System.AppDomain::Execute*", "System.AppDomain::CreateInstance*", "System.AppDomain::add_AssemblyResolve",
        "System.AppDomain::add_TypeResolve", "System.AppDomain::add_ResourceResolve", "System.AppDomain::add_AssemblyLoad", "System.AppDomain::add_ReflectionOnlyAssemblyResolve",
        "System.AppDomain::GetAssemblies", "System.AppDomain::CreateDomain", "System.Activator::CreateInstanceFrom", "System.Activator::CreateComInstanceFrom"),
    Construct.OtherModule);
