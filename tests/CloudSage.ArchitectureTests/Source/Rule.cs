namespace CloudSage.ArchitectureTests.Source;

/// <summary>How a rule of the house speaks when it is broken.</summary>
internal static class Rule
{
    /// <summary>Fails with every violation on a line of its own.</summary>
    /// <param name="rule">The rule, as a sentence.</param>
    /// <param name="violations">Where it is broken and how.</param>
    public static void Holds(string rule, IEnumerable<string> violations)
    {
        var found = violations.Distinct().ToList();
        if (found.Count > 0) Assert.Fail($"{rule}\n{string.Join('\n', found.Select(violation => "  " + violation))}");
    }
}
