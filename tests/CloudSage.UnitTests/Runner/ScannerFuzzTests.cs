using System.Diagnostics;
using System.Reflection.PortableExecutable;
using CloudSage.PluginHost.Runner.Child;
using CloudSage.UnitTests.Fixtures;

namespace CloudSage.UnitTests.Runner;

/// <summary>Two thousand assemblies with bytes changed at random, the same ones in every run: each gets an answer, and the scanner lives on.</summary>
internal sealed class ScannerFuzzTests
{
    private const int Files = 2000;
    private const int Seed = 20250;

    private const string Source = """
        using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
        public interface IShape<T> where T : IComparable<T> { T Size { get; } }
        public sealed record Box<T>(T Size, string Name) : IShape<T> where T : IComparable<T>;
        public static class Work
        {
            public delegate int Step(ref int value, params string[] names);
            [System.Runtime.InteropServices.DllImport("libc")] static extern int getpid();
            public static async Task<int> RunAsync(IEnumerable<Box<int>> boxes, Dictionary<string, List<int[,]>> more)
            {
                await Task.Yield();
                return boxes.Where(b => b.Size > Buffer()).Sum(b => b.Size) + more.Count + "text"u8.Length + getpid();
            }
            static int Buffer() { Span<byte> buffer = stackalloc byte[8]; return buffer.Length; }
            public static unsafe void Pointers(int* p, delegate*<int, void> f) { for (var i = 0; i < 3; i++) f(p[i]); }
            public static int Choose(string s) => s switch { "a" => 1, "b" => 2, "c" => 3, "d" => 4, "e" => 5, "f" => 6, "g" => 7, _ => throw new Exception() };
        }
        """;

    [Test, CancelAfter(90_000), Description("Bad input 10, 11")]
    public async Task Every_mutated_assembly_gets_an_answer(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder();
        await using var scanner = Scan.Child();
        var original = new TestAssembly("Fuzzed") { Source = Source }.Build();
        var random = new Random(Seed);
        var (refused, read, watch) = (0, 0, Stopwatch.StartNew());
        await scanner.WarmUpAsync(cancellationToken);
        var process = scanner.ProcessId;

        for (var i = 0; i < Files; i++)
        {
            var answer = await scanner.ScanAsync(folder.Write("fuzzed.dll", Mutate(original, random)), cancellationToken);
            answer.End.Should().Be(ScanEnd.Report, "file {0} of seed {1}: {2}", i, Seed, answer.Reason);
            if (answer.Report!.Refusal is null) read++; else refused++;
        }

        scanner.ProcessId.Should().Be(process, "no file ended the scanner");
        (refused, read).Should().Match<(int Refused, int Read)>(static n => n.Refused > 200 && n.Read > 200, "otherwise the changes hit nothing, or everything");
        await TestContext.Out.WriteLineAsync($"{Files} files in {watch.Elapsed.TotalSeconds:0.0} s: {refused} refused, {read} read.");
    }

    /// <summary>Most changes go where the scanner reads: headers, metadata and code.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToArray();
        using var image = new PEReader(new MemoryStream(original));
        var (start, length) = random.Next(4) == 0 ? (0, bytes.Length) : (image.PEHeaders.MetadataStartOffset, image.PEHeaders.MetadataSize);
        for (var i = random.Next(1, 9); i > 0; i--)
        {
            var at = start + random.Next(length);
            bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0xFF, _ => (byte)(bytes[at] ^ (1 << random.Next(8))) };
        }

        return random.Next(20) == 0 ? bytes[..random.Next(1, bytes.Length)] : bytes;
    }
}
