using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using CloudSage.PluginHost.Unloading;
using Microsoft.CodeAnalysis;

namespace CloudSage.IntegrationTests.Unloading.Eviction;

/// <summary>Code in a collectible load context of its own, as a plugin is, without the host's machinery around it. A method of it is called by a text.</summary>
internal sealed class Tenant
{
    private readonly Departure _departure = new("tenant", "1.0.0", 0);
    private AssemblyLoadContext? _context;
    private Func<string, string>? _use;

    private Tenant(AssemblyLoadContext context, byte[] image)
    {
        _context = context;
        var use = context.LoadFromStream(new MemoryStream(image)).GetType("Use")!.GetMethod("Run")!;
        _use = use.CreateDelegate<Func<string, string>>();
    }

    /// <summary>What was evicted for it.</summary>
    public IReadOnlyList<EvictedRemains> Evicted => _departure.Evicted;

    public IReadOnlyList<Finding> Findings => _departure.Findings;

    /// <summary>Compiles a class <c>Use</c> with the method that is called.</summary>
    /// <param name="body">The body of <c>string Run(string name)</c>.</param>
    /// <param name="references">What it refers to besides the framework and this assembly.</param>
    public static byte[] Compile(string body, params MetadataReference[] references) => FixtureCompiler.Compile("Tenant", $$"""
        using System;
        using System.Collections.Generic;
        using System.ComponentModel;
        using System.ComponentModel.DataAnnotations;
        using System.IO;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Reflection;
        using System.Runtime.CompilerServices;
        using System.Runtime.Serialization;
        using System.Runtime.Serialization.Json;
        using System.Text;
        using System.Threading;
        using System.Xml.Serialization;
        using CloudSage.IntegrationTests.Unloading.Eviction;

        public class Entry { [Required] public string Name { get; set; } public List<Entry> Inner { get; set; } }
        public static class Use
        {
            public static string Run(string name) { {{body}} }
            private static string Text(Stream stream) { stream.Position = 0; return new StreamReader(stream).ReadToEnd(); }
        }
        """, new Version(1, 0), references: [MetadataReference.CreateFromFile(typeof(Tenant).Assembly.Location), .. references]);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Tenant Load(byte[] image) => new(new AssemblyLoadContext("tenant", isCollectible: true), image);

    /// <summary>The same code as the host's own: it stays.</summary>
    public static Tenant Host(byte[] image) => new(new AssemblyLoadContext("host", isCollectible: false), image);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public string Run(string name) => _use!(name);

    /// <summary>Leaves, freed by an eviction.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Tenant Leave(PluginEviction eviction)
    {
        var context = _context!;
        (_context, _use) = (null, null);
        _departure.Leave(new WeakReference(context, trackResurrection: true));
        eviction.Run(_departure, context);
        context.Unload();
        return this;
    }

    /// <summary>Is freed once more, having left already.</summary>
    public void Retry(PluginEviction eviction) => eviction.RunAgain(_departure);

    /// <summary>Whether it is out of memory after some collections.</summary>
    public bool IsGone(int collections)
    {
        for (var i = 0; i < collections && _departure.Context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return !_departure.Context.IsAlive;
    }

    /// <summary>Collects until it is out of memory: the runtime's own threads, such as the one that optimises methods, may hold it for a while.</summary>
    public Task GoneAsync(string because = "nothing holds it") => Eventually.TrueAsync(() => IsGone(1), $"the tenant leaves memory: {because}");
}
