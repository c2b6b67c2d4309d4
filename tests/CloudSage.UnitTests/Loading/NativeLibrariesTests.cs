using CloudSage.PluginHost.Loading;
using CloudSage.PluginHost.Verification;
using CloudSage.UnitTests.Fixtures;
using CloudSage.UnitTests.Resolution;

namespace CloudSage.UnitTests.Loading;

[Platform("Linux", Reason = "Elsewhere each version maps its own.")]
public sealed class NativeLibrariesTests
{
    private const string Library = "runtimes/linux-x64/native/lib.so";

    private TempFolder _store = null!;
    private NativeLibraries _natives = null!;

    [SetUp]
    public void SetUp() => (_store, _natives) = (new TempFolder(), new NativeLibraries());

    [TearDown]
    public void TearDown() => _store.Dispose();

    [Test]
    public void A_version_gets_the_files_of_one_that_is_gone()
    {
        var (one, two) = (Entered("1"), Version("2"));
        Gone(one);

        _natives.Enter(two);

        AreOneFile(one, two).Should().BeTrue();
    }

    [Test]
    public void A_version_that_has_left_service_but_not_memory_keeps_its_files_to_itself()
    {
        var (one, two) = (Entered("1"), Version("2"));
        _natives.Leave(one, [Library]).Should().NotBeNull();

        _natives.Enter(two);

        AreOneFile(one, two).Should().BeFalse();
    }

    [Test]
    public void Files_are_one_versions_at_a_time_and_upgrades_take_turns_with_two_sets()
    {
        var (one, two) = (Entered("1"), Entered("2"));
        Gone(one);
        var three = Entered("3");
        Gone(two);
        var four = Entered("4");

        AreOneFile(one, three).Should().BeTrue();
        AreOneFile(two, four).Should().BeTrue();
        AreOneFile(three, four).Should().BeFalse();
    }

    [Test]
    public void The_files_come_from_the_plugins_own_versions_only()
    {
        var (one, other) = (Entered("1"), Version("2") with { Manifest = Descriptors.Plugin("other").Manifest });
        Gone(one);

        _natives.Enter(other);

        AreOneFile(one, other).Should().BeFalse();
    }

    [TestCase("another library")]
    [TestCase("A library")]
    public void A_version_with_other_content_uses_its_own(string content)
    {
        var (one, two) = (Entered("1"), Version("2", content));
        Gone(one);

        _natives.Enter(two);

        File.ReadAllText(Path.Combine(two.Directory, Library)).Should().Be(content);
        AreOneFile(one, two).Should().BeFalse();
    }

    [Test]
    public void Libraries_are_taken_together_or_not_at_all()
    {
        var (one, two) = (Version("1"), Version("2"));
        _store.Write("1/needed.so", "needed");
        _store.Write("2/needed.so", "changed");
        _natives.Enter(one);
        _natives.GiveBack(one.Name, _natives.Leave(one, [Library, "needed.so"])!);

        _natives.Enter(two);

        AreOneFile(one, two).Should().BeFalse();
    }

    [Test]
    public void A_version_that_mapped_nothing_leaves_nothing()
    {
        _natives.Leave(Entered("1"), []).Should().BeNull();
        Directory.Exists(_store.File(".native")).Should().BeFalse();
    }

    [Test]
    public void Content_that_serves_again_before_it_was_gone_gives_its_files_to_nobody_until_it_leaves_for_good()
    {
        var one = Entered("1");
        _natives.Enter(one);

        _natives.Leave(one, [Library]).Should().BeNull("the second user has the same files");
        _natives.Leave(one, [Library]).Should().NotBeNull();
    }

    [Test]
    public void No_more_than_two_unused_sets_are_kept()
    {
        var versions = Enumerable.Range(1, 5).Select(n => Entered($"{n}")).ToArray();
        foreach (var version in versions) Gone(version);

        Directory.GetDirectories(_store.File(".native")).Should().HaveCount(2);
    }

    [Test]
    public void A_version_whose_files_are_gone_already_leaves_nothing()
    {
        var one = Entered("1");
        Directory.Delete(one.Directory, recursive: true);

        _natives.Leave(one, [Library]).Should().BeNull();
    }

    private PluginDescriptor Entered(string number)
    {
        var version = Version(number);
        _natives.Enter(version);
        return version;
    }

    private PluginDescriptor Version(string number, string content = "a library")
    {
        _store.Write($"{number}/{Library}", content);
        return Descriptors.Plugin("plugin") with { Directory = _store.File(number) };
    }

    private void Gone(PluginDescriptor version) => _natives.GiveBack(version.Name, _natives.Leave(version, [Library])!);

    /// <summary>What is written into one shows in the other where both are names of one file.</summary>
    private static bool AreOneFile(PluginDescriptor one, PluginDescriptor other)
    {
        var (first, second) = (Path.Combine(one.Directory, Library), Path.Combine(other.Directory, Library));
        var content = File.ReadAllBytes(first);
        File.AppendAllText(first, "!");
        var same = new FileInfo(second).Length == content.Length + 1;
        File.WriteAllBytes(first, content);
        return same;
    }
}
