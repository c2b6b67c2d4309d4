namespace CloudSage.PluginHost.Resolution;

/// <summary>The codes of findings about dependencies between plugins.</summary>
internal static class ResolutionCodes
{
    /// <summary>A plugin that is needed is not there, or is itself not fit to run. Add it, or mark the dependency as optional.</summary>
    public const string DependencyMissing = "CSG1401";

    /// <summary>A plugin that is needed is there in a version outside the wanted range. Install a version inside it, or widen the range.</summary>
    public const string DependencyVersionMismatch = "CSG1402";

    /// <summary>Plugins need each other in a circle, so none can start first. Remove one dependency of the circle, or mark it as optional.</summary>
    public const string DependencyCycle = "CSG1403";

    /// <summary>A plugin that is needed is itself waiting. Mend what the other one waits for.</summary>
    public const string DependencyWaiting = "CSG1404";

    /// <summary>The version range of a dependency cannot be read. Write it as <c>&gt;=1.2 &lt;2</c>, <c>^1.2</c> or <c>[1.2,2.0)</c>.</summary>
    public const string VersionRangeInvalid = "CSG1405";

    /// <summary>An optional dependency is there in a version outside the wanted range and is left out of account. Install a version inside it.</summary>
    public const string OptionalVersionMismatch = "CSG1406";

    /// <summary>Optional dependencies form a circle, so the order inside it follows the needed ones alone. Remove one of them.</summary>
    public const string OptionalCycle = "CSG1407";

    /// <summary>Another candidate of the same name is used instead. Remove one of the two.</summary>
    public const string Shadowed = "CSG1408";
}
