using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>Time comes from a <see cref="TimeProvider"/> that somebody gave.</summary>
public sealed class ClockTests
{
    /// <summary>Sources that may ask the machine for the time, and why.</summary>
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["src/CloudSage.PluginHost/Registration/ExclusiveFile.cs"] = "waits for another process' lock, whose end no file system signals",
    };

    private static readonly string[] Clocks =
    [
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow",
        "System.Environment.TickCount", "System.Environment.TickCount64", "System.Threading.Thread.Sleep", "System.Threading.Timer.Timer",
        "System.Threading.SpinWait.SpinUntil",
    ];

    private static readonly string[] Waits =
    [
        "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.WaitAsync", "System.Threading.Tasks.Task<TResult>.WaitAsync",
        "System.Threading.PeriodicTimer.PeriodicTimer", "System.Threading.CancellationTokenSource.CancellationTokenSource",
    ];

    [Test]
    public void Clocks_are_injected()
        => Rule.Holds("The machine's clock is asked: take a TimeProvider.",
            from project in Repository.Products
            from name in Bound.Names(project)
            where !Reasons.ContainsKey(name.File.Path) && (IsClock(name.Symbol) || IsWaitWithoutClock(name.Symbol))
            select $"{name.Place}: {name.Node}");

    [Test]
    public void Reasons_name_sources_that_exist()
        => Reasons.Keys.Where(path => Repository.Find(path) is null).Should().BeEmpty();

    private static bool IsClock(ISymbol symbol)
        => Clocks.Contains(FullName(symbol)) || symbol.ToDisplayString() == "System.Diagnostics.Stopwatch";

    private static bool IsWaitWithoutClock(ISymbol symbol)
        => symbol is IMethodSymbol method && Waits.Contains(FullName(method.OriginalDefinition))
            && method.Parameters.Any(parameter => parameter.Type.Name == nameof(TimeSpan) || parameter.Type.SpecialType == SpecialType.System_Int32)
            && method.Parameters.All(parameter => parameter.Type.Name != nameof(TimeProvider));

    private static string FullName(ISymbol symbol)
        => symbol.ContainingType is null ? "" : $"{symbol.ContainingType.OriginalDefinition.ToDisplayString()}.{(symbol.Name == ".ctor" ? symbol.ContainingType.Name : symbol.Name)}";
}
