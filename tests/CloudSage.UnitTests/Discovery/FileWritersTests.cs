using CloudSage.PluginHost.Discovery;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Discovery;

[Platform("Linux")]
public sealed class FileWritersTests
{
    [Test]
    public void A_file_has_a_writer_for_as_long_as_somebody_has_it_open_for_writing()
    {
        using var temp = new TempFolder();
        var path = temp.Write("one.dll", "content");

        using (var writer = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite))
        {
            writer.WriteByte(1);
            HasWriter(path).Should().BeTrue();
        }

        HasWriter(path).Should().BeFalse();
    }

    [Test]
    public void A_reader_is_no_writer_and_asking_leaves_nothing_behind_that_keeps_a_writer_out()
    {
        using var temp = new TempFolder();
        var path = temp.Write("one.dll", "content");
        using var reader = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

        for (var i = 0; i < 1_000; i++) FileWriters.Has(reader).Should().BeFalse();

        using var writer = File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        FileWriters.Has(reader).Should().BeTrue();
    }

    /// <summary>The kernel signals a lease that is broken; the usual signal would end this process.</summary>
    [Test]
    public void Writers_that_come_and_go_while_it_is_asked_harm_nobody()
    {
        using var temp = new TempFolder();
        var path = temp.Write("one.dll", "content");
        using var reader = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Parallel.Invoke(
            () =>
            {
                for (var i = 0; i < 20_000; i++) FileWriters.Has(reader);
            },
            () =>
            {
                for (var i = 0; i < 20_000; i++) File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite).Dispose();
            });

        FileWriters.Has(reader).Should().BeFalse();
    }

    private static bool HasWriter(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return FileWriters.Has(file);
    }
}
