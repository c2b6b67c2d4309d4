using System.IO.Compression;
using CloudSage.PackageTests.Feeds;
using CloudSage.PluginHost.NuGet;

namespace CloudSage.PackageTests.Installing;

/// <summary>Who signed a package, and what follows.</summary>
internal sealed class SignatureTests : PackageTests
{
    private readonly TestSigner _signer = new();

    [TearDown]
    public void DisposeSigner() => _signer.Dispose();

    [Test, CancelAfter(Limit), Description("Bad input 22")]
    public async Task An_unsigned_package_is_told_of_or_refused_as_the_operator_wants(CancellationToken cancellationToken)
    {
        Put(new MadePackage("Made.One"));

        var accepted = await ResolveAsync(SignatureMode.Accept);
        accepted.IsReady.Should().BeTrue();
        accepted.Findings.Should().Contain(static f => f.Code == "CSG2640" && f.Severity == FindingSeverity.Info && f.Message.Contains("Made.One"));
        var required = await ResolveAsync(SignatureMode.Require);
        required.IsReady.Should().BeFalse();
        required.Findings.Should().Contain(static f => f.Code == "CSG2640" && f.Severity == FindingSeverity.Error);
    }

    [TestCase(SignerRole.Author), TestCase(SignerRole.Repository), CancelAfter(Limit)]
    public async Task A_pinned_signer_is_let_in_and_named(SignerRole role, CancellationToken cancellationToken)
    {
        await _signer.SignAsync(Put(new MadePackage("Made.One")), role);

        var plan = await ResolveAsync(SignatureMode.Require, _signer.As(role));

        plan.IsReady.Should().BeTrue("{0}", string.Join(Environment.NewLine, plan.Findings));
        plan.Packages[0].Signature.Should().BeEquivalentTo(new { IsSigned = true, IsValid = true, IsTrusted = true });
        plan.Packages[0].Signature.Signers.Should().Equal(_signer.As(role));
        plan.Packages[0].Signature.Signers[0].Subject.Should().Be("CN=A test's signer");
    }

    [Test, CancelAfter(Limit)]
    public async Task A_signer_who_is_pinned_in_another_role_or_not_at_all_is_refused(CancellationToken cancellationToken)
    {
        using var other = new TestSigner();
        await _signer.SignAsync(Put(new MadePackage("Made.One")), SignerRole.Author);

        foreach (var pins in (PackageSigner[][])[[_signer.As(SignerRole.Repository)], [other.As(SignerRole.Author)], []])
        {
            var plan = await ResolveAsync(SignatureMode.Require, pins);
            plan.IsReady.Should().BeFalse();
            plan.Findings.Should().Contain(f => f.Code == "CSG2642" && f.Severity == FindingSeverity.Error
                && f.Message.Contains(_signer.As(SignerRole.Author).Fingerprint, StringComparison.OrdinalIgnoreCase));
        }
    }

    [TestCase(true), TestCase(false), CancelAfter(Limit)]
    public async Task Who_countersigned_lets_a_package_in_only_where_that_holds(bool holds, CancellationToken cancellationToken)
    {
        using var author = new TestSigner();
        var package = Put(new MadePackage("Made.One"));
        await author.SignAsync(package, SignerRole.Author);
        await _signer.SignAsync(package, SignerRole.Repository);
        // A certificate is public: whoever names the pinned one has not signed with it.
        if (!holds) await TestSigner.ForgeCountersignatureAsync(package);

        var plan = await ResolveAsync(SignatureMode.Require, _signer.As(SignerRole.Repository));

        plan.IsReady.Should().Be(holds, "{0}", string.Join(Environment.NewLine, plan.Findings));
        if (!holds) plan.Findings.Should().Contain(static f => f.Code == "CSG2641" && f.Severity == FindingSeverity.Error);
    }

    [TestCase(SignatureMode.Accept), TestCase(SignatureMode.Require), CancelAfter(Limit), Description("Bad input 22")]
    public async Task A_byte_flipped_after_signing_is_refused(SignatureMode mode, CancellationToken cancellationToken)
    {
        var package = Put(new MadePackage("Made.One"));
        await _signer.SignAsync(package, SignerRole.Author);
        var bytes = await File.ReadAllBytesAsync(package, cancellationToken);
        // The time of the first entry: nothing but the signature notices.
        bytes[10] ^= 0x20;
        await File.WriteAllBytesAsync(package, bytes, cancellationToken);

        (await ResolveAsync(mode, _signer.As(SignerRole.Author))).Findings
            .Should().Contain(static f => f.Code == "CSG2641" && f.Severity == FindingSeverity.Error && f.Message.Contains("NU3008"));
    }

    [Test, CancelAfter(Limit), Description("Bad input 22")]
    public async Task An_entry_appended_after_signing_is_refused(CancellationToken cancellationToken)
    {
        var package = Put(new MadePackage("Made.One"));
        await _signer.SignAsync(package, SignerRole.Author);
        await using (var archive = await ZipFile.OpenAsync(package, ZipArchiveMode.Update, cancellationToken))
        await using (var entry = await archive.CreateEntry("lib/net10.0/evil.dll").OpenAsync(cancellationToken))
            await entry.WriteAsync("MZ"u8.ToArray(), cancellationToken);

        (await ResolveAsync(SignatureMode.Accept)).Findings.Should().Contain(static f => f.Code == "CSG2641" && f.Severity == FindingSeverity.Error);
    }

    [Test, CancelAfter(Limit)]
    public async Task A_real_package_is_trusted_by_the_roots_of_the_SDK_and_unknown_revocation_is_said(CancellationToken cancellationToken)
    {
        Configure(static o => o.AsksForRevocations = false);
        Offer(("Json.User", "2.0.0"));

        var plan = await ResolveAsync("Json.User");

        var json = plan.Packages.Single(static p => p.Id == "Newtonsoft.Json");
        json.Signature.Should().BeEquivalentTo(new { IsSigned = true, IsValid = true, IsTrusted = true, IsRevocationKnown = false },
            "{0}", string.Join(Environment.NewLine, plan.Findings));
        plan.Findings.Should().Contain(static f => f.Code == "CSG2643" && f.Message.Contains("Newtonsoft.Json"));
    }

    private Task<PackagePlan> ResolveAsync(SignatureMode mode, params PackageSigner[] signers)
        => Packages.ResolveAsync(new PackageRequest("Made.One") { Version = "1.0.0", Signatures = mode, Signers = signers }, TestContext.CurrentContext.CancellationToken);
}
