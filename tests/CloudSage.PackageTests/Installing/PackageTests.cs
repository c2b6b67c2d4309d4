using CloudSage.Fixtures.Embedder;
using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.NuGet.Installing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSage.PackageTests.Installing;

/// <summary>Gives each test a source of plugins, a NuGet.Config that names it, and folders of its own.</summary>
internal abstract class PackageTests : HostTests
{
    protected const int Limit = 180_000;

    private ServiceProvider? _services;

    /// <summary>The folder feed.</summary>
    protected string Feed => Path.Combine(Place.Root, "feed");

    /// <summary>Where plugins are made ready.</summary>
    protected string Incoming => Plugins.PathOf(".cloudsage", "incoming");

    protected PluginPackages Packages => (_services ??= Configure()).GetRequiredService<PluginPackages>();

    [SetUp]
    public void WriteSources()
    {
        Directory.CreateDirectory(Feed);
        NuGetFiles.Write(Place.Root, Feed);
    }

    [TearDown]
    public async Task DisposeServicesAsync()
    {
        if (_services is not null) await _services.DisposeAsync();
    }

    /// <summary>The services, with further options.</summary>
    protected ServiceProvider Configure(Action<PackageOptions>? options = null) => _services = new ServiceCollection()
        .AddPluginHost(static o => o.Share(typeof(Answer).Assembly).Forward<IGate>())
        .AddPluginPackages(o =>
        {
            o.SettingsRoot = Place.Root;
            o.CacheDirectory = Path.Combine(Place.Root, "cache");
            options?.Invoke(o);
        })
        .BuildServiceProvider();

    /// <summary>Offers packages that the build made on the folder feed.</summary>
    protected void Offer(params (string Id, string Version)[] packages)
    {
        foreach (var (id, version) in packages) File.Copy(PackedFixtures.PathOf(id, version), Path.Combine(Feed, $"{id}.{version}.nupkg"));
    }

    /// <summary>Offers a package that the test made on the folder feed.</summary>
    protected string Put(MadePackage package)
    {
        var path = Path.Combine(Feed, $"{package.Id}.{package.Version}.nupkg");
        File.WriteAllBytes(path, package.Build());
        return path;
    }

    protected async Task<PackagePlan> ResolveAsync(string id, string? version = null)
        => await Packages.ResolveAsync(new PackageRequest(id) { Version = version }, TestContext.CurrentContext.CancellationToken);

    /// <summary>Installs as an operator's tool does: plan, prepare, rename into place. The old version's folder goes away whole.</summary>
    protected async Task<PackagePlan> InstallAsync(string id, string? version = null)
    {
        var plan = await ResolveAsync(id, version);
        plan.IsReady.Should().BeTrue("{0} must be installable, but: {1}", id, string.Join(Environment.NewLine, plan.Findings));
        var preparation = await Packages.PrepareAsync(plan, Plugins.Path, TestContext.CurrentContext.CancellationToken);
        using var prepared = preparation.Plugin;
        prepared.Should().NotBeNull("{0}", string.Join(Environment.NewLine, preparation.Findings));
        if (Directory.Exists(Plugins.PathOf(prepared!.Manifest.Name))) Plugins.MoveAway(prepared.Manifest.Name);
        Directory.Move(prepared.Folder, Plugins.PathOf(prepared.Manifest.Name));
        return plan;
    }
}
