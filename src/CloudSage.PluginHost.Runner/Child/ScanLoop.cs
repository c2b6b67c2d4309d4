using System.Text;
using System.Text.Json;
using CloudSage.PluginHost.Runner.Rules;
using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>The program's side: says that it is ready, and answers requests until its input ends, as it does when the host is gone.</summary>
internal static class ScanLoop
{
    /// <summary>The program's one argument.</summary>
    public const string Command = "scan";

    public const string Ready = "ready";

    private const int Usage = 64;

    public static int Run(IReadOnlyList<string> arguments)
    {
        if (arguments is not [Command]) return Usage;
        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        // A thread of its own, for the size of its stack.
        var thread = new Thread(() => Answer(input, output), ScanLimits.StackBytes);
        thread.Start();
        thread.Join();
        return 0;
    }

    private static void Answer(TextReader input, TextWriter output)
    {
        var scanner = new AssemblyScanner(ScanRules.Create());
        Warm(scanner);
        output.WriteLine(Ready);
        while (input.ReadLine() is { } line)
        {
            if (JsonSerializer.Deserialize(line, ScanJson.Default.ScanRequest) is not { } request) return;
            output.WriteLine(JsonSerializer.Serialize(Scan(scanner, request.Path), ScanJson.Default.ScanReport));
        }
    }

    private static ScanReport Scan(AssemblyScanner scanner, string path)
    {
        try
        {
            return scanner.Scan(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Said to the host, which refuses the plugin.
            return new ScanReport { Sha256 = string.Empty, Refusal = $"it cannot be read ({e.GetType().Name})" };
        }
    }

    /// <summary>The first scan compiles the scanner: better this program's own file than the first plugin.</summary>
    private static void Warm(AssemblyScanner scanner)
    {
        var report = scanner.Scan(typeof(ScanLoop).Assembly.Location);
        JsonSerializer.Serialize(report, ScanJson.Default.ScanReport);
        JsonSerializer.Deserialize(JsonSerializer.Serialize(new ScanRequest(string.Empty), ScanJson.Default.ScanRequest), ScanJson.Default.ScanRequest);
    }
}
