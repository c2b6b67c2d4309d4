namespace CloudSage.Cli.Rendering;

/// <summary>A project that was written.</summary>
/// <param name="Name">The plugin's name.</param>
/// <param name="Type">What it is.</param>
/// <param name="Folder">Where it is, absolute.</param>
/// <param name="Files">Its files from the template, with forward slashes.</param>
internal sealed record CreatedPlugin(string Name, string Type, string Folder, IReadOnlyList<string> Files);
