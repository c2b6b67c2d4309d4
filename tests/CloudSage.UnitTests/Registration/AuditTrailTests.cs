using System.Text.Json;
using CloudSage.PluginHost.Registration.Auditing;
using CloudSage.UnitTests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSage.UnitTests.Registration;

/// <summary>What could not be written is counted, entry by entry.</summary>
internal sealed class AuditTrailTests
{
    [Test]
    public async Task What_could_not_be_written_again_and_again_is_counted_whole()
    {
        using var folder = new TempFolder();
        var path = folder.Folder("audit.jsonl");
        var asked = 0;
        // The clock is asked at each note, and once in each batch that has losses to tell: at the second such, the file can be written again.
        var clock = new TellingClock(() =>
        {
            if (++asked == 1_102) Directory.Delete(path);
        });
        var trail = new AuditTrail(new AuditFile(path), clock, NullLogger<AuditTrail>.Instance);
        for (var i = 0; i < 5; i++) trail.Note("denied", "plugin", permission: "ReadCostData");
        for (var i = 0; i < 1_095; i++) trail.Note("denied", $"plugin-{i}", permission: "ReadCostData");
        trail.End();

        await trail.RunAsync();

        var written = File.ReadLines(path).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        var lost = written.Single(static e => e.GetProperty("action").GetString() == "entries-lost").GetProperty("count").GetInt32();
        lost.Should().Be(1_100 - (written.Count - 1), "two batches failed, with five that were one line, and the line that told of the first");
    }

    private sealed class TellingClock(Action asked) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            asked();
            return DateTimeOffset.UnixEpoch;
        }
    }
}
