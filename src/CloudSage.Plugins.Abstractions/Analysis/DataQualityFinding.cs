namespace CloudSage.Plugins.Analysis;

/// <summary>Something wrong or doubtful in a source. The row is either translated all the same or left out, as <see cref="RowSkipped"/> says.</summary>
/// <param name="Line">The line, 1-based; null where it concerns the whole source.</param>
/// <param name="Column">The column's name; null where it concerns the whole row.</param>
/// <param name="Code">A stable code, such as <c>invalid-date</c>.</param>
/// <param name="Message">What was found and what was made of it.</param>
/// <param name="RowSkipped">Whether the row was left out of the analysis.</param>
public sealed record DataQualityFinding(long? Line, string? Column, string Code, string Message, bool RowSkipped = false);
