using System.Reflection;
using System.Runtime.Loader;

namespace CloudSage.IntegrationTests.Loading;

/// <summary>The host itself may live in a load context that is not the default one, as in a test runner, an IDE or another plugin system.</summary>
internal sealed class ForeignContextTests : HostTests
{
    [Test]
    public async Task A_host_in_a_load_context_of_its_own_loads_and_calls_plugins()
    {
        Plugins.Add(new PluginSource("alpha"));
        var context = new HostContext(BuiltFixtures.ChildHost);
        var session = context.LoadFromAssemblyPath(BuiltFixtures.ChildHost).GetType("CloudSage.Fixtures.ChildHost.HostSession", throwOnError: true)!;
        using var input = new StringReader("ask alpha run\nexit\n");
        await using var output = new StringWriter();

        var exit = await (Task<int>)session.GetMethod("RunAsync")!.Invoke(null, [Place.Root, input, output])!;

        exit.Should().Be(0);
        output.ToString().Should().Contain("Succeeded 1.0.0");
        context.Assemblies.Should().Contain(static a => a.GetName().Name == "CloudSage.PluginHost", "the engine was loaded there, not in the default context");
    }

    /// <summary>Loads everything that the application brings by itself, so that the default context shares none of it.</summary>
    private sealed class HostContext(string application) : AssemblyLoadContext("application")
    {
        private readonly AssemblyDependencyResolver _resolver = new(application);

        protected override Assembly? Load(AssemblyName assemblyName)
            => _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }
}
