using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CloudSage.PluginHost.Registration.Auditing;

/// <summary>Takes entries from any thread without waiting, and writes them beside everything else.</summary>
internal sealed class AuditTrail(AuditFile file, TimeProvider clock, ILogger<AuditTrail> logger)
{
    private const int Capacity = 8_192;
    private const int Batch = 512;

    private readonly Channel<AuditEntry> _entries = Channel.CreateBounded<AuditEntry>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });
    private int _lost;
    private bool _failed;

    /// <summary>Notes an action of the host. Beyond thousands that wait to be written, entries are counted instead of kept.</summary>
    public void Note(string action, string plugin, string? version = null, string? detail = null, string? permission = null, string? hash = null)
    {
        var entry = new AuditEntry(clock.GetUtcNow(), action, plugin) { Version = version, Detail = detail, Permission = permission, Hash = hash };
        if (!_entries.Writer.TryWrite(entry)) Interlocked.Increment(ref _lost);
    }

    /// <summary>Writes until <see cref="End"/>, and then what is left.</summary>
    public async Task RunAsync()
    {
        var batch = new List<AuditEntry>();
        while (await _entries.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (batch.Count < Batch && _entries.Reader.TryRead(out var entry)) Add(batch, entry);
            Write(batch);
        }
    }

    /// <summary>Nothing is noted any more.</summary>
    public void End() => _entries.Writer.TryComplete();

    /// <summary>A plugin that is denied the same again and again must not fill the disk.</summary>
    private static void Add(List<AuditEntry> batch, AuditEntry entry)
    {
        if (batch.Count > 0 && batch[^1] is var last && last with { At = entry.At, Count = null } == entry) batch[^1] = last with { Count = (last.Count ?? 1) + 1 };
        else batch.Add(entry);
    }

    private void Write(List<AuditEntry> batch)
    {
        // Taken before the line that tells of what was lost, which is none itself.
        var noted = batch.Sum(static e => e.Count ?? 1);
        var lost = Interlocked.Exchange(ref _lost, 0);
        if (lost > 0) batch.Add(new AuditEntry(clock.GetUtcNow(), "entries-lost", "*") { Count = lost });
        try
        {
            file.Append(batch);
            _failed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk or a missing right: the host goes on, and the log of the application has what the audit log lacks.
            if (!_failed) logger.AuditNotWritten(file.Path, e.Message);
            _failed = true;
            Interlocked.Add(ref _lost, lost + noted);
        }

        batch.Clear();
    }
}
