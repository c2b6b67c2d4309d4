using CloudSage.PluginHost.Runner.Scanning;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Rules;

/// <summary>
/// Calls of what no other rule can see in the file, because it is found at run time. To look at members, as attributes and serializers do, is no use; to
/// call them, or to find types by their names, is. <c>new T()</c> of a type parameter is an ordinary call.
/// </summary>
internal sealed class ReflectionRule() : PowerRule(
    PluginPermissions.UseReflection,
    new UsePatterns(
        "System.Reflection.MethodInvoker", "System.Reflection.ConstructorInvoker", "System.Reflection.DispatchProxy", "System.Reflection.RuntimeReflectionExtensions", "System.Runtime.Serialization.FormatterServices",
        "Microsoft.CSharp.RuntimeBinder.*", "System.Runtime.CompilerServices.CallSite", "System.Runtime.CompilerServices.CallSite`1", "Microsoft.VisualBasic.CompilerServices.NewLateBinding",
        "Microsoft.VisualBasic.CompilerServices.LateBinding", "Microsoft.VisualBasic.CompilerServices.Versioned", "Microsoft.VisualBasic.Interaction::CallByName",
        "Microsoft.VisualBasic.Interaction::CreateObject", "Microsoft.VisualBasic.Interaction::GetObject",
        "System.Reflection.MethodBase::Invoke*", "System.Reflection.MethodInfo::Invoke*", "System.Reflection.MethodInfo::CreateDelegate", "System.Reflection.ConstructorInfo::Invoke*",
        "System.Reflection.FieldInfo::GetValue*", "System.Reflection.FieldInfo::SetValue*", "System.Reflection.PropertyInfo::GetValue", "System.Reflection.PropertyInfo::SetValue",
        "System.Reflection.EventInfo::AddEventHandler", "System.Reflection.EventInfo::RemoveEventHandler", "System.Delegate::CreateDelegate", "System.Delegate::DynamicInvoke",
        "System.MulticastDelegate::CreateDelegate", "System.MulticastDelegate::DynamicInvoke",
        "System.Type::GetType(string", "System.Type::InvokeMember", "System.Type::GetTypeFromProgID", "System.Type::GetTypeFromCLSID", "System.Reflection.TypeInfo::GetType(string", "System.Reflection.TypeInfo::InvokeMember",
        "System.Reflection.TypeDelegator::InvokeMember", "System.Reflection.TypeDelegator::GetType(string",
        "System.Reflection.Assembly::GetType*", "System.Reflection.Assembly::get_DefinedTypes", "System.Reflection.Assembly::get_ExportedTypes", "System.Reflection.Assembly::GetExportedTypes",
        "System.Reflection.Assembly::GetForwardedTypes", "System.Reflection.Assembly::CreateInstance", "System.Reflection.Module::GetType*", "System.Reflection.Module::Resolve*", "System.Reflection.Module::FindTypes",
        "System.Reflection.AssemblyExtensions::*", "System.Reflection.Metadata.MetadataUpdater",
        "System.Runtime.CompilerServices.RuntimeHelpers::GetUninitializedObject", "System.Runtime.CompilerServices.RuntimeHelpers::Run*", "System.ComponentModel.TypeDescriptor::CreateInstance",
        "System.ComponentModel.PropertyDescriptor::GetValue", "System.ComponentModel.PropertyDescriptor::SetValue", "System.ComponentModel.PropertyDescriptor::ResetValue"),
    Construct.UnsafeAccessor, Construct.IgnoredAccessChecks)
{
    private const string Activator = "System.Activator";

    public override bool KnowsMembersOf(string type) => type == Activator || base.KnowsMembersOf(type);

    public override bool Covers(in ForeignMember member)
        => base.Covers(member) || (member is { Type: Activator, Name: "CreateInstance" } && member is not { GenericParameters: 1, Parameters: 0 });
}
