namespace CloudSage.PluginHost.NuGet;

/// <summary>The listed versions of a package that are higher than one that is installed.</summary>
/// <param name="Allowed">Those within the range that was asked for, ascending.</param>
/// <param name="Latest">The highest of all, within the range or not; null where none is higher.</param>
/// <param name="Findings">Why they could not be told, or which source did not answer.</param>
public sealed record NewerVersions(IReadOnlyList<string> Allowed, string? Latest, IReadOnlyList<Finding> Findings);
