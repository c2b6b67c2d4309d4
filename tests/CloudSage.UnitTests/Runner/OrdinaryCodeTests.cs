using CloudSage.Plugins.Permissions;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Runner;

/// <summary>What everybody writes needs no permission: a scan that cries wolf is switched off.</summary>
internal sealed class OrdinaryCodeTests
{
    private static IEnumerable<TestCaseData> Habits()
    {
        yield return Habit("text in UTF-8", "public static int M() => \"text\"u8.Length;");
        yield return Habit("constant bytes", "public static System.ReadOnlySpan<byte> M() => new byte[] { 1, 2, 3, 4, 5 };");
        yield return Habit("a buffer on the stack", "public static int M(System.IO.Stream s) { System.Span<byte> head = stackalloc byte[2]; return s.Read(head); }");
        yield return Habit("a buffer on the stack or the heap", "public static int M(int n) { System.Span<char> b = n <= 64 ? stackalloc char[64] : new char[n]; return b.Length; }");
        yield return Habit("many arguments as a span", "public static string M(string a) => string.Concat(a, \"b\", a, \"c\", a, \"d\"); public static string N(params System.ReadOnlySpan<string> p) => string.Join(',', p);");
        yield return Habit("a list of arguments", "public static int N(params System.ReadOnlySpan<int> p) => p.Length; public static int M(int x) => N(x, x + 1, x + 2);");
        yield return Habit("collection expressions", "public static System.Collections.Generic.List<string> M(string s) => [s, \"b\", .. new[] { s }];");
        yield return Habit("closures and LINQ", "public static int M(int[] a, int x) => System.Linq.Enumerable.Sum(a, i => i * x);");
        yield return Habit("records", "public sealed record R(string A, int B); public static bool M(R r) => r == r with { B = 2 };");
        yield return Habit("async", "public static async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); await using var s = new System.IO.MemoryStream(); }");
        yield return Habit("new of a type parameter", "public static T M<T>() where T : new() => new T();");
        yield return Habit("JSON", "public static string M(object o) => System.Text.Json.JsonSerializer.Serialize(o);");
        yield return Habit("a stream that is handed in", "public static string M(System.IO.Stream s) => new System.IO.StreamReader(s).ReadToEnd();");
        yield return Habit("addresses and status codes", "public static object M() => System.Net.IPAddress.Parse(\"::1\"); public static int N() => (int)System.Net.HttpStatusCode.OK; public static string W(string s) => System.Net.WebUtility.HtmlEncode(s);");
        yield return Habit("names of types and attributes", "public static string M(object o) => o.GetType().FullName + typeof(string).Assembly.GetName().Name;");
        yield return Habit("resources", "public static object? M() => typeof(Habit).Assembly.GetManifestResourceStream(\"x\");");
        yield return Habit("paths, not files", "public static string M(string s) => System.IO.Path.Combine(s, System.IO.Path.GetFileName(s));");
        yield return Habit("views of memory that check their bounds", "public static int M(System.Span<byte> b) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(b)[0];");
        yield return Habit("a structure with places for its fields", """
            [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Explicit)]
            public struct S { [System.Runtime.InteropServices.FieldOffset(0)] public int A; [System.Runtime.InteropServices.FieldOffset(4)] public int B; }
            """);
        yield return Habit("the console", "public static void M() => System.Console.Error.WriteLine(System.Environment.NewLine);");
        yield return Habit("switch on text", "public static int M(string s) => s switch { \"a\" => 1, \"b\" => 2, \"c\" => 3, \"d\" => 4, \"e\" => 5, \"f\" => 6, \"g\" => 7, _ => 8 };");
    }

    [TestCaseSource(nameof(Habits))]
    public void Needs_nothing(string code)
    {
        var report = Scan.Of($"public static class Habit {{ {code} }}");

        report.Refusal.Should().BeNull();
        report.Uses.Should().BeEmpty();
    }

    [Test]
    public void A_file_that_is_only_read_needs_no_permission_to_write()
        => Scan.Of("""
            public static class R { public static object M(string p) => new System.IO.FileStream(p, System.IO.FileMode.Open, System.IO.FileAccess.Read, System.IO.FileShare.Read, 4096, true); }
            """).Permissions().Should().Equal(PluginPermissions.ReadFiles);

    [Test]
    public void A_capability_of_the_hosts_needs_nothing_of_the_scans()
        => Scan.Of("""
            using CloudSage.Plugins; using CloudSage.Plugins.Capabilities;
            public sealed class P(PluginContext context, ICostDataReader costs, IAlertPublisher alerts, System.TimeProvider clock)
            {
                public object All => (context, costs, alerts, clock);
            }
            """).Uses.Should().BeEmpty();

    [Test]
    public void The_simplest_plugin_needs_nothing() => Scan.Of(TestAssembly.ScannerSource).Uses.Should().BeEmpty();

    private static TestCaseData Habit(string name, string code) => new TestCaseData(code).SetName(name);
}
