using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Registration;
using CloudSage.PluginHost.Verification;

namespace CloudSage.PackageTests.Installing;

/// <summary>Whoever installs gives up, at any step: nothing is left, and nothing is in the way of the next try.</summary>
internal sealed class CancellationTests : PackageTests
{
    private const string Id = "Made.Cancelled";

    [Test, CancelAfter(Limit), Description("Bad input 64")]
    public async Task Giving_up_at_a_step_of_a_package_leaves_nothing([Values] PackageStep step, CancellationToken cancellationToken)
    {
        Offer();
        using var cancel = new CancellationTokenSource();
        var progress = new At<PackageProgress>(p => p.Step == step, cancel);

        await this.Invoking(t => t.InstallAsync(progress, null, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();

        await IsUntouchedAsync(cancellationToken);
    }

    [Test, CancelAfter(Limit), Description("Bad input 64")]
    public async Task Giving_up_at_a_step_of_the_registration_leaves_nothing(
        [Values(RegistrationStep.Manifest, RegistrationStep.Integrity, RegistrationStep.Compatibility, RegistrationStep.Permissions)] RegistrationStep step, CancellationToken cancellationToken)
    {
        Offer();
        using var cancel = new CancellationTokenSource();
        var progress = new At<StepReport>(p => p.Step == step, cancel);

        await this.Invoking(t => t.InstallAsync(null, progress, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();

        await IsUntouchedAsync(cancellationToken);
    }

    private void Offer()
    {
        Put(new MadePackage(Id) { Dependencies = [("Made.Part", "1.0.0")] });
        Put(new MadePackage("Made.Part") { IsPlugin = false, Type = "Dependency" });
    }

    /// <summary>Installs as csg does: what was given up before the commit is not committed.</summary>
    private async Task InstallAsync(IProgress<PackageProgress>? packages, IProgress<StepReport>? steps, CancellationToken cancellationToken)
    {
        var plan = await Packages.ResolveAsync(new PackageRequest(Id), packages, cancellationToken);
        using var prepared = (await Packages.PrepareAsync(plan, Plugins.Path, packages, cancellationToken)).Plugin!;
        await using var registrar = Registrar();
        await using var pending = await registrar.PrepareAsync(prepared.Folder, steps, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        pending.Commit([]).Should().BeEmpty();
    }

    private async Task IsUntouchedAsync(CancellationToken cancellationToken)
    {
        Directory.EnumerateFileSystemEntries(Plugins.Path).Select(Path.GetFileName).Should().BeSubsetOf([".cloudsage"]);
        if (Directory.Exists(Incoming)) Directory.EnumerateFileSystemEntries(Incoming).Should().BeEmpty();
        await InstallAsync(null, null, cancellationToken);
        await using var registrar = Registrar();
        (await registrar.VerifyAsync(cancellationToken)).Should().BeEmpty();
        registrar.Read().Plugins.Should().ContainKey("made-cancelled");
    }

    private PluginRegistrar Registrar() => new(new PluginRegistrarOptions(Plugins.Path, Place.State), TimeProvider.System);

    /// <summary>Gives up as soon as a step is reported.</summary>
    private sealed class At<T>(Func<T, bool> isIt, CancellationTokenSource cancel) : IProgress<T>
    {
        public void Report(T value)
        {
            if (isIt(value)) cancel.Cancel();
        }
    }
}
