using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Unloading;
using Microsoft.CodeAnalysis;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>
/// Plugin code without a host around it: compiled, run in a collectible context of its own, and sent away. For what code leaves
/// behind in the process, one cause at a time.
/// </summary>
internal sealed class Visitor
{
    private const string Usings = """
        using System;
        using System.Collections;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Diagnostics.Metrics;
        using System.Diagnostics.Tracing;
        using System.IO;
        using System.Linq;
        using System.Net;
        using System.Net.NetworkInformation;
        using System.Reflection;
        using System.Runtime.InteropServices;
        using System.Runtime.Loader;
        using System.Text;
        using System.Threading;
        using System.Threading.Tasks;
        """;

    private static readonly MetadataReference[] Host = [MetadataReference.CreateFromFile(typeof(HostBoard).Assembly.Location)];

    private AssemblyLoadContext? _context;

    private readonly string _name;

    private Visitor(AssemblyLoadContext context, string name) => (_context, _name) = (context, name);

    /// <summary>Compiles and loads code, and runs it.</summary>
    /// <param name="run">The body of a static method with a parameter <c>host</c>, and a static field <c>Hits</c> to count in.</param>
    /// <param name="host">What the host hands to it.</param>
    /// <param name="types">Further types.</param>
    public static Visitor Enter(string run, object? host = null, string types = "") => Load("visitor", run, host, types, new AssemblyLoadContext("visitor", isCollectible: true));

    /// <summary>Compiles code and runs it as the host's own, which stays.</summary>
    public static Visitor Settle(string run, object? host = null, string types = "") => Load("host" + Guid.NewGuid().ToString("n"), run, host, types, AssemblyLoadContext.Default);

    /// <summary>How often the code was called back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Hits() => (int)_context!.Assemblies.First(a => a.GetName().Name == _name).GetType("Visit")!.GetField("Hits")!.GetValue(null)!;

    /// <summary>Sends it away, with or without help.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Departure Leave(PluginEviction? help = null)
    {
        var (departure, context) = (new Departure("visitor", "1.0.0", 0), _context!);
        help?.Run(departure, context);
        departure.Leave(new WeakReference(context, trackResurrection: true));
        _context = null;
        context.Unload();
        return departure;
    }

    /// <summary>Whether it leaves memory within some collections, with help between them or without.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool IsGone(Departure departure, int collections = 10, PluginEviction? help = null)
    {
        for (var i = 0; i < collections && departure.Context.IsAlive; i++)
        {
            help?.RunAgain(departure);
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return !departure.Context.IsAlive;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Visitor Load(string name, string run, object? host, string types, AssemblyLoadContext context)
    {
        var code = $$"""
            {{Usings}}

            public static class Visit
            {
                public static int Hits;
                public static object Kept;
                public static void Run(object host) { {{run}} }
            }

            {{types}}
            """;
        var loaded = context.LoadFromStream(new MemoryStream(FixtureCompiler.Compile(name, code, new Version(1, 0, 0, 0), references: Host)));
        loaded.GetType("Visit")!.GetMethod("Run")!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [host], null);
        return new Visitor(context, name);
    }
}
