using System.Buffers;
using System.Text;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>Reads lines of UTF-8 that are no longer than they may be.</summary>
internal sealed class BoundedLines(Stream stream, int longest)
{
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <returns>The next line; null where the stream has ended.</returns>
    /// <exception cref="InvalidDataException">The line is too long.</exception>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        _line.ResetWrittenCount();
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await stream.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
                if (_end == 0) return null;
            }

            var read = _buffer.AsMemory(_start, _end - _start);
            var end = read.Span.IndexOf((byte)'\n');
            _line.Write(read.Span[..(end < 0 ? read.Length : end)]);
            _start = end < 0 ? _end : _start + end + 1;
            if (_line.WrittenCount > longest) throw new InvalidDataException($"A line is longer than {longest} bytes.");
            if (end >= 0) return Encoding.UTF8.GetString(_line.WrittenSpan).TrimEnd('\r');
        }
    }
}
