using CloudSage.ArchitectureTests.Source;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CloudSage.ArchitectureTests.Code;

/// <summary>Tests wait for conditions, never for time.</summary>
public sealed class WaitTests
{
    /// <summary>Sources that may wait for a while, and why.</summary>
    private static readonly Dictionary<string, string> Reasons = new();

    [Test]
    public void Tests_wait_for_conditions()
        => Rule.Holds("A test waits for time: wait for the condition, with a deadline.",
            from source in Repository.Files("tests", ".cs")
            where !Reasons.ContainsKey(source.Path)
            from call in source.Nodes<InvocationExpressionSyntax>()
            where IsWait(call) && IsLength(call.ArgumentList.Arguments.FirstOrDefault()?.Expression)
            select $"{SourceFile.Place(call)}: {call}");

    [Test]
    public void Reasons_name_sources_that_exist()
        => Reasons.Keys.Where(path => Repository.Find(path) is null).Should().BeEmpty();

    private static bool IsWait(InvocationExpressionSyntax call)
        => call.Expression.ToString() is "Task.Delay" or "Thread.Sleep" or "System.Threading.Thread.Sleep" or "System.Threading.Tasks.Task.Delay";

    /// <summary>A number or a time span made of one. What waits for ever waits for its token.</summary>
    private static bool IsLength(ExpressionSyntax? length) => length switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.NumericLiteralExpression),
        InvocationExpressionSyntax call => call.Expression.ToString().StartsWith("TimeSpan.From", StringComparison.Ordinal),
        _ => false,
    };
}
