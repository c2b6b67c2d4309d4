using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CloudSage.Terminal;

/// <summary>
/// Writes whole blocks to standard output or standard error: laid out first and written at once, so that no log line tears a table.
/// Where the stream is not a terminal there are no colours, and lines are 120 characters wide.
/// </summary>
public sealed class TerminalOutput
{
    private const int PlainWidth = 120;

    private readonly TextWriter _writer;
    private readonly AnsiSupport _ansi;
    private readonly ColorSystemSupport _colors;
    private readonly bool _unicode;
    private readonly int _width;

    private TerminalOutput(TextWriter writer, bool redirected, Encoding encoding)
    {
        var probe = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        _writer = writer;
        IsTerminal = !redirected && probe.Profile.Out.IsTerminal;
        _ansi = IsTerminal && probe.Profile.Capabilities.Ansi ? AnsiSupport.Yes : AnsiSupport.No;
        _colors = IsTerminal ? (ColorSystemSupport)probe.Profile.Capabilities.ColorSystem : ColorSystemSupport.NoColors;
        _unicode = encoding.GetByteCount("█") == 3 || encoding is UnicodeEncoding;
        _width = IsTerminal ? Math.Max(probe.Profile.Width, 80) : PlainWidth;
        Live = probe;
    }

    /// <summary>Whether a person may be looking.</summary>
    public bool IsTerminal { get; }

    /// <summary>For what moves on the screen, such as progress; of use on a terminal only.</summary>
    public IAnsiConsole Live { get; }

    /// <summary>Where it goes.</summary>
    public TextWriter Writer => _writer;

    /// <summary>Standard output.</summary>
    /// <returns>The output.</returns>
    public static TerminalOutput Standard() => new(Console.Out, Console.IsOutputRedirected, Console.OutputEncoding);

    /// <summary>Standard error.</summary>
    /// <returns>The output.</returns>
    public static TerminalOutput Error() => new(Console.Error, Console.IsErrorRedirected, Console.OutputEncoding);

    /// <summary>Writes what is given, and then a line break.</summary>
    /// <param name="content">What to write.</param>
    public void Write(IRenderable content) => _writer.Write(Layout(content));

    /// <summary>Writes one line of text as it is.</summary>
    /// <param name="line">The text.</param>
    public void WriteLine(string line) => _writer.Write(line + Environment.NewLine);

    private string Layout(IRenderable content)
    {
        using var buffer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = _ansi, ColorSystem = _colors, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = _width;
        console.Profile.Capabilities.Unicode = _unicode;
        console.Write(content);
        // Cells are padded to their column, which a terminal does not show but a file keeps.
        var lines = buffer.ToString().Split('\n').Select(static line => line.TrimEnd('\r').TrimEnd(' '));
        return string.Join(Environment.NewLine, lines).TrimEnd() + Environment.NewLine;
    }
}
