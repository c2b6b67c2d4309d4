using System.Globalization;
using System.Text.RegularExpressions;
using CloudSage.Cli.Codes;
using CloudSage.PluginHost;
using CloudSage.Plugins;

namespace CloudSage.Cli.Authoring;

/// <summary>The name of a plugin that is to be made, and the name of its project that follows from it: <c>idle-finder</c>, <c>IdleFinder</c>.</summary>
internal sealed partial record PluginName
{
    private static readonly string[] Devices = ["con", "prn", "aux", "nul"];

    /// <summary>Namespaces that a project sees without naming them: a project called like one of their types would hide it.</summary>
    private static readonly string[] Seen =
        ["System", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks", "System.Collections.Generic"];

    private PluginName(string name) => (Name, Project) = (name, ProjectOf(name));

    /// <summary>As the manifest has it.</summary>
    public string Name { get; }

    /// <summary>The project, its namespace and its assembly.</summary>
    public string Project { get; }

    /// <summary>Takes a name that manifests, folders and namespaces can have; null with a finding where it is none.</summary>
    public static PluginName? Read(string name, ICollection<Finding> findings)
    {
        var read = new PluginName(name);
        var remedy = !Valid().IsMatch(name) || Devices.Contains(name) || Port().IsMatch(name)
            ? "Use lower-case letters a-z, digits and hyphens, beginning with a letter, 64 at most, such as idle-finder; not the name of a Windows device."
            : IsTaken(read.Project) ? $"Its project would be called {read.Project}, which is taken in C#: add a word, such as {name}-plugin." : null;
        if (remedy is null) return read;
        findings.Add(Finding.Error(CliCodes.BadPluginName, $"'{name}' cannot be the name of a plugin.", remedy));
        return null;
    }

    // 'dotnet new' does the same by the forms of .template.config/template.json.
    private static string ProjectOf(string name)
        => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name).Replace("-", string.Empty, StringComparison.Ordinal);

    private static bool IsTaken(string project)
        => project is "System" or "Microsoft" or "Cloudsage" or "Netstandard" or "Mscorlib"
        || typeof(PluginContext).Assembly.GetExportedTypes().Any(type => type.Name == project)
        || Seen.Any(space => Array.Exists([typeof(object), typeof(Enumerable), typeof(HttpClient)], known => known.Assembly.GetType($"{space}.{project}") is { IsPublic: true }));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,63}\z")]
    private static partial Regex Valid();

    [GeneratedRegex(@"\A(com|lpt)[0-9]\z")]
    private static partial Regex Port();
}
