using CloudSage.Terminal;

namespace CloudSage.Cli.Rendering;

/// <summary>A question to whoever sits at the terminal, to be answered with yes or no.</summary>
internal static class Question
{
    /// <summary>Asks until it is answered. Nothing but Enter is a no.</summary>
    /// <param name="output">The terminal.</param>
    /// <param name="input">Where the answers come from.</param>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer; null where the input has ended (Ctrl-D, a terminal that is gone), so that there will be none.</returns>
    public static async Task<bool?> AskAsync(TerminalOutput output, TextReader input, string question, CancellationToken cancellationToken)
    {
        while (true)
        {
            await output.Writer.WriteAsync($"{PlainText.Line(question)} [y/n] (n): ".AsMemory(), cancellationToken);
            await output.Writer.FlushAsync(cancellationToken);
            switch ((await LineAsync(input, cancellationToken))?.Trim().ToUpperInvariant())
            {
                case null:
                    output.WriteLine(string.Empty);
                    return null;
                case "Y" or "YES":
                    return true;
                case "N" or "NO" or "":
                    return false;
            }
        }
    }

    /// <summary>A terminal's line cannot be waited for with a token, so the wait is left alone where it is given up.</summary>
    private static async Task<string?> LineAsync(TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The terminal was taken away.
            return null;
        }
    }
}
