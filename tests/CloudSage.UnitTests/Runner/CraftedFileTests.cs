using CloudSage.PluginHost.Runner.Child;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Verification;

namespace CloudSage.UnitTests.Runner;

/// <summary>Crafted metadata is refused in the child, which lives on, and never reaches the host's own reader.</summary>
internal sealed class CraftedFileTests
{
    [Test, Description("Bad input 11")]
    public async Task Crafted_metadata_is_refused_by_a_scanner_that_lives_on([Values] CraftedFile.Trick trick)
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child();
        var crafted = await scanner.ScanAsync(folder.Write("crafted.dll", CraftedFile.Build(trick)), CancellationToken.None);
        var process = scanner.ProcessId;
        var next = await scanner.ScanAsync(folder.Write("good.dll", new TestAssembly("Good").Build()), CancellationToken.None);

        crafted.End.Should().Be(ScanEnd.Report);
        // A type that is generic of itself is read once and not followed: that harms nobody.
        if (trick != CraftedFile.Trick.GenericTypeOfItself) crafted.Report!.Refusal.Should().NotBeNullOrEmpty();
        next.Report!.Refusal.Should().BeNull();
        scanner.ProcessId.Should().Be(process);
    }

    [Test, Description("Bad input 11")]
    public void Tables_that_refer_to_themselves_come_to_an_end([Values] CraftedAssembly.Trick trick)
    {
        var report = Scan.Of(CraftedAssembly.Build(trick));

        if (trick is CraftedAssembly.Trick.TypeReferenceInItself or CraftedAssembly.Trick.TypeNestedInItself) report.Refusal.Should().Contain("nested too deep");
    }

    [Test, Description("Bad input 10")]
    public void A_file_that_is_cut_off_or_none_is_refused()
    {
        var whole = new TestAssembly("Whole").Build();

        Scan.Of(whole[..(whole.Length / 2)]).Refusal.Should().NotBeNullOrEmpty();
        Scan.Of([]).Refusal.Should().NotBeNullOrEmpty();
        Scan.Of("MZ, said the letter"u8.ToArray()).Refusal.Should().NotBeNullOrEmpty();
    }

    [Test, Description("Bad input 12")]
    public void Native_code_in_the_file_is_seen()
    {
        var mixed = new TestAssembly("Mixed").Build();
        using var image = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(mixed));
        // The flag that says that all is .NET's.
        mixed[image.PEHeaders.CorHeaderStartOffset + 16] &= 0xFE;

        Scan.Of(mixed).Permissions().Should().Equal(Plugins.Permissions.PluginPermissions.UseNativeCode);
        Scan.Of(File.ReadAllBytes(typeof(object).Assembly.Location)).Uses.Should().Contain(static u => u.What == "code compiled for a processor beforehand");
    }
}
