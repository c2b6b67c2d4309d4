using System.Reflection;
using System.Runtime.Loader;

namespace CloudSage.PluginHost.Unloading.Eviction;

/// <summary>
/// Tells what belongs to one load context: types that are its own or are built from its own, and the members, delegates and objects
/// of such types. Lives on the stack of one eviction and is kept nowhere.
/// </summary>
internal sealed class PluginOwnership(AssemblyLoadContext context)
{
    private Assembly[]? _assemblies;

    /// <summary>The leaving plugin's load context.</summary>
    public AssemblyLoadContext Context => context;

    /// <summary>The plugin's assemblies, those that it emitted excepted.</summary>
    public IEnumerable<Assembly> Assemblies => _assemblies ??= [.. context.Assemblies]; // looks through all assemblies of the process: once

    public bool Owns(Assembly? assembly) => assembly is { IsCollectible: true } && ReferenceEquals(AssemblyLoadContext.GetLoadContext(assembly), context);

    /// <summary>Whether the type, its elements or one of its type arguments is the plugin's: <c>List&lt;Entry&gt;</c> is, where Entry is.</summary>
    public bool Owns(Type? type)
    {
        // Nearly all that is asked for is the framework's own: one test is enough for it.
        if (type is not { IsCollectible: true }) return false;
        if (type.HasElementType) return Owns(type.GetElementType());
        if (Owns(type.Assembly)) return true;
        return type.IsGenericType && !type.IsGenericTypeDefinition && Array.Exists(type.GetGenericArguments(), Owns);
    }

    /// <summary>Whether the member is declared by a type of the plugin's, or is a method emitted into it or closed over its types.</summary>
    public bool Owns(MemberInfo? member) => member switch
    {
        null => false,
        Type type => Owns(type),
        MethodInfo { IsGenericMethod: true, IsGenericMethodDefinition: false } method when Array.Exists(method.GetGenericArguments(), Owns) => true,
        { DeclaringType: { } declaring } => Owns(declaring) || Owns(member.ReflectedType),
        _ => Owns(member.Module.Assembly),
    };

    /// <summary>Whether the delegate, or one of those that it combines, runs code of the plugin's or runs on an object of the plugin's.</summary>
    public bool Owns(Delegate? handler)
    {
        if (handler is null) return false;
        if (!handler.HasSingleTarget) return Array.Exists(handler.GetInvocationList(), Owns);
        return handler.Target is { } target && Owns(target) || Owns(handler.Method);
    }

    /// <summary>
    /// Whether the delegate, or one of those that it combines, runs code that the plugin's assemblies carry. Code of the host's that
    /// was only made for the plugin's types, such as a wait for a task of theirs, is not.
    /// </summary>
    public bool Runs(Delegate? handler)
    {
        if (handler is null) return false;
        if (!handler.HasSingleTarget) return Array.Exists(handler.GetInvocationList(), Runs);
        return Owns(handler.Method.Module.Assembly) || Owns(handler.Target?.GetType().Assembly);
    }

    /// <summary>Whether the object is the plugin's: by its own type, or as a type, member, assembly or delegate that is.</summary>
    public bool Owns(object? thing) => thing switch
    {
        null => false,
        Delegate handler => Owns(handler.GetType()) || Owns(handler),
        MemberInfo member => Owns(member),
        Assembly assembly => Owns(assembly),
        AssemblyLoadContext other => ReferenceEquals(other, context),
        _ => Owns(thing.GetType()),
    };
}
