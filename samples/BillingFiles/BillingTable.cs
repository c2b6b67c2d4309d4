using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Analysis;
using CloudSage.Plugins.Costs;
using Sylvan.Data.Csv;

namespace CloudSage.Samples.BillingFiles;

/// <summary>
/// A billing file in CSV, read row by row. Create the columns once, then read a row and take the columns' values.
/// Whatever is wrong becomes a finding with line and column; <see cref="TakeSteps"/> hands findings and records over.
/// </summary>
public sealed class BillingTable : IAsyncDisposable
{
    // A record longer than this (in characters) is not a record: most likely a quote was never closed.
    private const int MaxRecordLength = 1 << 20;

    private readonly BillingFile _file;
    private readonly CsvDataReader _csv;
    private readonly string _source;
    private readonly Func<string, string> _canonicalName;
    private readonly Dictionary<string, int> _ordinals = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<int> _claimed = [];
    private List<TranslatedCost> _steps = [];
    private List<TranslatedCost> _taken = [];
    private long _nextLine = 1;

    private BillingTable(BillingFile file, CsvDataReader csv, string source, Func<string, string> canonicalName)
        => (_file, _csv, _source, _canonicalName) = (file, csv, source, canonicalName);

    /// <summary>The names of the columns, as the header writes them.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>The line on which the current row begins, 1-based: a quoted value may hold line breaks.</summary>
    public long Line { get; private set; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <param name="source">The file; gzip or not.</param>
    /// <param name="canonicalName">What makes names equal that differ in form only; null where only their case may differ.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CostSourceException">The file cannot be opened, or has no header.</exception>
    public static async Task<BillingTable> OpenAsync(
        CostSource source, Func<string, string>? canonicalName, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(source);
        var file = BillingFile.Open(source);
        try
        {
            var options = new CsvDataReaderOptions
            {
                HasHeaders = false, // Read here, so that names may be equal and blank lines may come first.
                CsvStyle = CsvStyle.Lax, // The strict style ends the stream at the first stray quote.
                Comment = '\0', // A row that begins with # is a row.
                BufferSize = 64 * 1024,
                MaxBufferSize = MaxRecordLength,
            };
            var csv = await CsvDataReader.CreateAsync(file.Text, options, cancellationToken).ConfigureAwait(false);
            var table = new BillingTable(file, csv, source.Name, canonicalName ?? (static name => name));
            await table.ReadHeaderAsync(cancellationToken).ConfigureAwait(false);
            return table;
        }
        catch (Exception exception)
        {
            // The caller never sees the table, so nobody else could close the file.
            await file.DisposeAsync().ConfigureAwait(false);
            if (IsUnreadable(exception)) throw Unreadable(source.Name, 1, exception);
            throw;
        }
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string name) => _ordinals.ContainsKey(_canonicalName(name));

    /// <summary>Reads the next row that can be used.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CostSourceException">The file cannot be read further.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await ReadRecordAsync(cancellationToken).ConfigureAwait(false))
            if (CheckRow()) return true;
        if (_file.CheckEnd(_nextLine) is { } truncated) _steps.Add(truncated);
        return false;
    }

    /// <summary>A column of text; without values where the file does not have it.</summary>
    public TextColumn Text(string name) => new(this, name);

    /// <summary>A column of exact numbers.</summary>
    public NumberColumn Number(string name) => new(this, name);

    /// <summary>A column of dates.</summary>
    public DateColumn Date(string name) => new(this, name);

    /// <summary>A column with few allowed values, in any case.</summary>
    public ChoiceColumn<T> Choice<T>(string name, params IReadOnlyList<(string Text, T Value)> choices) where T : struct
        => new(this, name, choices);

    /// <summary>The columns that no one has asked for so far. Ask last.</summary>
    public IReadOnlyList<TextColumn> Rest()
        => [.. Header.Where((name, i) => name.Length > 0 && _ordinals[_canonicalName(name)] == i && !_claimed.Contains(i)).Select(Text)];

    /// <summary>Adds a record to what is handed over next, after the findings about it.</summary>
    public void Add(CostRecord record) => _steps.Add(record);

    /// <summary>Adds a finding about the current row.</summary>
    public void Report(string? column, string code, string message, bool rowSkipped = false)
        => _steps.Add(new DataQualityFinding(Line, column, code, message, rowSkipped));

    /// <summary>Hands over what has come together since the last time. The list is valid until the next call.</summary>
    public IReadOnlyList<TranslatedCost> TakeSteps()
    {
        (_steps, _taken) = (_taken, _steps);
        _steps.Clear();
        return _taken;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _csv.DisposeAsync().ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }

    internal int Claim(string name)
    {
        if (!_ordinals.TryGetValue(_canonicalName(name), out var ordinal)) return -1;
        _claimed.Add(ordinal);
        return ordinal;
    }

    /// <summary>The current row's value; empty where the row or the file does not have it, and for every way to write null.</summary>
    internal ReadOnlySpan<char> Value(int ordinal)
    {
        if ((uint)ordinal >= (uint)_csv.RowFieldCount) return default;
        var value = _csv.GetFieldSpan(ordinal);
        return value is "NULL" or "null" or @"\N" ? default : value;
    }

    private async Task ReadHeaderAsync(CancellationToken cancellationToken)
    {
        do
        {
            if (!await ReadRecordAsync(cancellationToken).ConfigureAwait(false))
                throw new CostSourceException($"{_source} is empty: a CSV file with a header line is expected.");
        }
        while (IsBlank());

        var header = new string[_csv.RowFieldCount];
        for (var i = 0; i < header.Length; i++)
        {
            header[i] = new string(_csv.GetFieldSpan(i).Trim());
            if (header[i].Length > 0 && !_ordinals.TryAdd(_canonicalName(header[i]), i))
                Report(header[i], FindingCodes.DuplicateColumn, $"Column {i + 1} has the same name as column {_ordinals[_canonicalName(header[i])] + 1}, which counts.");
        }
        Header = header;
    }

    private async ValueTask<bool> ReadRecordAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Line = _nextLine;
        try
        {
            if (!await _csv.ReadAsync(cancellationToken).ConfigureAwait(false)) return false;
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            throw Unreadable(_source, Line, exception);
        }
        var record = _csv.GetRawRecordSpan();
        var lines = record.Count('\n');
        _nextLine += lines > 0 ? lines : record.Count('\r');
        return true;
    }

    private bool IsBlank() => _csv.RowFieldCount == 1 && _csv.GetFieldSpan(0).IsWhiteSpace();

    private bool CheckRow()
    {
        if (IsBlank()) return false;
        var fault = Quotes.Check(_csv.GetRawRecordSpan());
        if (fault == QuoteFault.Unclosed)
        {
            Report(null, FindingCodes.StrayQuote, $"A quote is never closed: lines {Line} to {_nextLine - 1} were read as one row, and left out.", rowSkipped: true);
            return false;
        }
        if (fault == QuoteFault.Stray) Report(null, FindingCodes.StrayQuote, "A quoted value goes on after its closing quote; it was read to the next delimiter.");

        var surplus = false;
        for (var i = Header.Count; i < _csv.RowFieldCount; i++) surplus |= _csv.GetFieldSpan(i).Length > 0;
        if (surplus || _csv.RowFieldCount < Header.Count)
            Report(null, FindingCodes.RaggedRow, $"The row has {_csv.RowFieldCount} values for {Header.Count} columns: "
                + (surplus ? "they may have shifted, so it was left out." : "the missing ones are null."), rowSkipped: surplus);
        return !surplus;
    }

    private static bool IsUnreadable(Exception exception) => exception is IOException or InvalidDataException or CsvFormatException or CsvRecordTooLargeException;

    private static CostSourceException Unreadable(string source, long line, Exception exception)
        => new($"{source}, line {line}: " + (exception is CsvRecordTooLargeException
            ? $"no end of the row within {MaxRecordLength} characters. It is no CSV file, or a quote is never closed."
            : $"cannot be read further: {exception.Message}"), exception);
}
