using CloudSage.Plugins.Permissions;

namespace CloudSage.UnitTests.Runner;

/// <summary>Each way around the permissions that is known, really compiled, is seen.</summary>
internal sealed class BypassClassTests
{
    private static IEnumerable<TestCaseData> Ways()
    {
        yield return Way("an HTTP client", PluginPermissions.UseNetwork, "System.Net.Http.HttpClient..ctor", "public static void M() => new System.Net.Http.HttpClient().Dispose();");
        yield return Way("a socket", PluginPermissions.UseNetwork, "System.Net.Sockets.Socket..ctor",
            "public static void M() => new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp).Dispose();");
        yield return Way("a named pipe", PluginPermissions.UseNetwork, "System.IO.Pipes.NamedPipeClientStream..ctor", "public static void M() => new System.IO.Pipes.NamedPipeClientStream(\"x\").Dispose();");
        yield return Way("a file read", PluginPermissions.ReadFiles, "System.IO.File.ReadAllText", "public static string M() => System.IO.File.ReadAllText(\"/etc/passwd\");");
        yield return Way("a reader by path", PluginPermissions.ReadFiles, "System.IO.StreamReader..ctor", "public static void M() => new System.IO.StreamReader(\"/etc/passwd\").Dispose();");
        yield return Way("XML by path", PluginPermissions.ReadFiles, "System.Xml.Linq.XDocument.Load", "public static object M() => System.Xml.Linq.XDocument.Load(\"/etc/x.xml\");");
        yield return Way("a file written", PluginPermissions.WriteFiles, "System.IO.File.WriteAllText", "public static void M() => System.IO.File.WriteAllText(\"x\", \"y\");");
        yield return Way("a stream of a file", PluginPermissions.WriteFiles, "System.IO.FileStream..ctor", "public static object M() => new System.IO.FileStream(\"x\", System.IO.FileMode.Create);");
        yield return Way("a stream of a file whose access is not constant", PluginPermissions.WriteFiles, "System.IO.FileStream..ctor",
            "public static object M(bool b) => new System.IO.FileStream(\"x\", System.IO.FileMode.Open, b ? System.IO.FileAccess.Write : System.IO.FileAccess.Read);");
        yield return Way("a file deleted when it is closed", PluginPermissions.WriteFiles, "System.IO.FileStream..ctor",
            "public static object M() => new System.IO.FileStream(\"x\", System.IO.FileMode.Open, System.IO.FileAccess.Read, System.IO.FileShare.None, 1, System.IO.FileOptions.DeleteOnClose);");
        yield return Way("a type derived from a file's stream", PluginPermissions.WriteFiles, "System.IO.FileStream..ctor",
            "public class Mine<T>() : System.IO.FileStream(\"x\", System.IO.FileMode.Create); public static object M() => new Mine<int>();");
        yield return Way("a process", PluginPermissions.StartProcesses, "System.Diagnostics.Process.Start", "public static void M() => System.Diagnostics.Process.Start(\"sh\");");
        yield return Way("an environment variable", PluginPermissions.ReadEnvironment, "System.Environment.GetEnvironmentVariable",
            "public static string? M() => System.Environment.GetEnvironmentVariable(\"TOKEN\");");
        yield return Way("the end of the process", PluginPermissions.ControlHost, "System.Environment.Exit", "public static void M() => System.Environment.Exit(1);");
        yield return Way("FailFast", PluginPermissions.ControlHost, "System.Environment.FailFast", "public static void M() => System.Environment.FailFast(\"x\");");
        yield return Way("a method invoked", PluginPermissions.UseReflection, "System.Reflection.MethodBase.Invoke", "public static void M(System.Reflection.MethodInfo m) => m.Invoke(null, null);");
        yield return Way("a private field read", PluginPermissions.UseReflection, "System.Reflection.FieldInfo.GetValue", "public static void M(System.Reflection.FieldInfo f) => f.GetValue(null);");
        yield return Way("a delegate made of a method", PluginPermissions.UseReflection, "System.Reflection.MethodInfo.CreateDelegate",
            "public static object M(System.Reflection.MethodInfo m) => m.CreateDelegate(typeof(System.Action));");
        yield return Way("a type by its name", PluginPermissions.UseReflection, "System.Type.GetType", "public static object? M() => System.Type.GetType(\"System.IO.File\");");
        yield return Way("an object of a type found", PluginPermissions.UseReflection, "System.Activator.CreateInstance", "public static object? M(System.Type t) => System.Activator.CreateInstance(t);");
        yield return Way("dynamic", PluginPermissions.UseReflection, "System.Runtime.CompilerServices.CallSite`1.Create", "public static object M(dynamic d) => d.Anything();");
        yield return Way("UnsafeAccessor", PluginPermissions.UseReflection, "an accessor that ignores visibility (UnsafeAccessor)",
            "[System.Runtime.CompilerServices.UnsafeAccessor(System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"_size\")] public static extern ref int M(System.Collections.Generic.List<int> list);");
        yield return Way("Reflection.Emit", PluginPermissions.GenerateCode, "System.Reflection.Emit.DynamicMethod..ctor",
            "public static object M() => new System.Reflection.Emit.DynamicMethod(\"x\", null, null);");
        yield return Way("Expression.Compile", PluginPermissions.GenerateCode, "System.Linq.Expressions.Expression`1.Compile",
            "public static object M(System.Linq.Expressions.Expression<System.Action> e) => e.Compile();");
        yield return Way("a query that compiles", PluginPermissions.GenerateCode, "System.Linq.Queryable.AsQueryable",
            "public static object M(System.Collections.Generic.IEnumerable<int> e) => System.Linq.Queryable.AsQueryable(e);");
        yield return Way("Unsafe", PluginPermissions.UseUnsafeCode, "System.Runtime.CompilerServices.Unsafe.As", "public static string M(object o) => System.Runtime.CompilerServices.Unsafe.As<string>(o);");
        yield return Way("a pointer", PluginPermissions.UseUnsafeCode, "a pointer", "public static unsafe int M(int* p) => *p;");
        yield return Way("a pinned array", PluginPermissions.UseUnsafeCode, "a pinned variable", "public static unsafe int M(int[] a) { fixed (int* p = a) return *p; }");
        yield return Way("memory of the stack behind a pointer", PluginPermissions.UseUnsafeCode, "memory of the stack (localloc)", "public static unsafe int M() { var p = stackalloc int[4]; return p[5]; }");
        yield return Way("fields that overlap", PluginPermissions.UseUnsafeCode, "fields that overlap", """
            [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
            public struct Both { [System.Runtime.InteropServices.FieldOffset(0)] public string Text; [System.Runtime.InteropServices.FieldOffset(0)] public System.Uri Address; }
            """);
        yield return Way("a function pointer that is called", PluginPermissions.UseUnsafeCode, "a call through a pointer (calli)", "public static unsafe void M(delegate*<void> f) => f();");
        yield return Way("the address of a method", PluginPermissions.UseUnsafeCode, "the address of a method, not for a delegate (ldftn)", "static void N() { } public static unsafe nint M() => (nint)(delegate*<void>)&N;");
        yield return Way("a typed reference", PluginPermissions.UseUnsafeCode, "a typed reference", "public static int M() { var i = 1; var r = __makeref(i); return __refvalue(r, int); }");
        yield return Way("variables that are not initialized", PluginPermissions.UseUnsafeCode, "variables that are not initialized (SkipLocalsInit)",
            "[System.Runtime.CompilerServices.SkipLocalsInit] public static int M(int n) { var d = new System.DateTime(n); return d.Day + d.Month; }");
        yield return Way("native memory", PluginPermissions.UseUnsafeCode, "System.Runtime.InteropServices.Marshal.ReadInt32", "public static int M(nint p) => System.Runtime.InteropServices.Marshal.ReadInt32(p);");
        yield return Way("P/Invoke", PluginPermissions.UseNativeCode, "the native function getpid of libc", "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int getpid(); public static int M() => getpid();");
        yield return Way("a native library", PluginPermissions.UseNativeCode, "System.Runtime.InteropServices.NativeLibrary.Load", "public static nint M() => System.Runtime.InteropServices.NativeLibrary.Load(\"x\");");
        yield return Way("a method for native callers", PluginPermissions.UseNativeCode, "a method that native code may call", "[System.Runtime.InteropServices.UnmanagedCallersOnly] public static void M() { }");
        yield return Way("AssemblyLoadContext", PluginPermissions.LoadAssemblies, "System.Runtime.Loader.AssemblyLoadContext..ctor", "public static object M() => new System.Runtime.Loader.AssemblyLoadContext(\"x\");");
        yield return Way("an assembly by path", PluginPermissions.LoadAssemblies, "System.Reflection.Assembly.LoadFrom", "public static object M() => System.Reflection.Assembly.LoadFrom(\"x\");");
        yield return Way("AppDomain", PluginPermissions.LoadAssemblies, "System.AppDomain.GetAssemblies", "public static object M() => System.AppDomain.CurrentDomain.GetAssemblies();");
        yield return Way("a module initializer", PluginPermissions.RunAtLoad, "a module initializer", "[System.Runtime.CompilerServices.ModuleInitializer] public static void M() { }");
    }

    [TestCaseSource(nameof(Ways)), Description("Bad input 15")]
    public void Is_seen_with_its_name_and_place(string permission, string what, string code)
    {
        var report = Scan.Of($"namespace Contoso; public static class Way {{ {code} }}");

        report.Refusal.Should().BeNull();
        var use = report.Uses.Should().Contain(u => u.Permission == permission && u.What == what).Which;
        use.Count.Should().BePositive();
        use.FirstIn.Should().Match(static place => place == "<Module>" || place.StartsWith("Contoso.Way"));
    }

    [Test]
    public void Access_to_internals_of_another_assembly_is_seen_though_the_attribute_is_the_plugins_own()
    {
        var report = Scan.Of("""
            [assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("CloudSage.PluginHost")]
            namespace System.Runtime.CompilerServices { public sealed class IgnoresAccessChecksToAttribute(string name) : Attribute { public string Name => name; } }
            """);

        report.Permissions().Should().Equal(PluginPermissions.UseReflection);
    }

    [Test]
    public void Visual_Basics_own_ways_are_seen()
        => Scan.Of("public static class V { public static void M() { Microsoft.VisualBasic.Interaction.Shell(\"sh\"); Microsoft.VisualBasic.FileIO.FileSystem.ReadAllText(\"x\"); } }")
            .Permissions().Should().BeEquivalentTo(PluginPermissions.StartProcesses, PluginPermissions.ReadFiles, PluginPermissions.WriteFiles);

    [Test]
    public void Places_are_counted_and_the_first_is_named()
    {
        var report = Scan.Of("public static class P { public static void First() { System.Environment.Exit(1); System.Environment.Exit(2); } public static void Second() => System.Environment.Exit(3); }");

        report.Uses.Should().ContainSingle().Which.Should().Be(new PluginHost.Runner.Scanning.PowerUse(PluginPermissions.ControlHost, "System.Environment.Exit", "P.First", 3));
    }

    private static TestCaseData Way(string name, string permission, string what, string code) => new TestCaseData(permission, what, code).SetName(name);
}
