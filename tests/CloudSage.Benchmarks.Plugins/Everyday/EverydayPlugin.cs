using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using CloudSage.Plugins.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CloudSage.Benchmarks.Plugins.Everyday;

/// <summary>
/// Writes an entry into a database of its own, reads it back, and sends it through both JSON libraries and a type converter.
/// Its timer ticks until somebody else stops it, and its connections stay in their pool.
/// </summary>
public sealed partial class EverydayPlugin(ILogger<EverydayPlugin> logger) : ICommandHandler
{
    private static readonly Timer Ticker = new(static _ => Interlocked.Increment(ref ticks), null, TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(10));
    private static int ticks;

    /// <inheritdoc />
    public async ValueTask<CommandResult> ExecuteAsync(CommandRequest request, CancellationToken cancellationToken)
    {
        var color = (Color)TypeDescriptor.GetConverter(typeof(Color)).ConvertFromInvariantString("Green")!;
        var entry = await StoreAsync(color, cancellationToken).ConfigureAwait(false);
        var json = JsonSerializer.Serialize(entry);
        var back = Newtonsoft.Json.JsonConvert.DeserializeObject<Entry>(json);
        LogStored(logger, json);
        GC.KeepAlive(Ticker);
        return new CommandResult(back is { Color: Color.Green, Name: "entry" }, string.Create(CultureInfo.InvariantCulture, $"{json} after {ticks} ticks"));
    }

    private static async Task<Entry> StoreAsync(Color color, CancellationToken cancellationToken)
    {
        await using var database = new Database();
        await database.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await database.Database.EnsureCreatedAsync(cancellationToken).ConfigureAwait(false);
        database.Entries.Add(new Entry { Name = "entry", Color = color });
        await database.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        return await database.Entries.AsNoTracking().SingleAsync(e => e.Color == color, cancellationToken).ConfigureAwait(false);
    }

    [LoggerMessage(1, LogLevel.Information, "Stored {Entry}")]
    private static partial void LogStored(ILogger logger, string entry);
}

/// <summary>What is stored.</summary>
public sealed class Entry
{
    public int Id { get; set; }

    public string Name { get; set; } = string.Empty;

    public Color Color { get; set; }
}

/// <summary>Something with a converter.</summary>
public enum Color
{
    Red,
    Green,
}

/// <summary>A database in memory.</summary>
public sealed class Database : DbContext
{
    public DbSet<Entry> Entries => Set<Entry>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseSqlite("Data Source=:memory:");
}
