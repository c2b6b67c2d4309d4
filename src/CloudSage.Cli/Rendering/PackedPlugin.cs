namespace CloudSage.Cli.Rendering;

/// <summary>A package that was made.</summary>
/// <param name="File">Its path, absolute.</param>
/// <param name="Hash"><c>sha256:</c> and 64 hexadecimal digits.</param>
internal sealed record PackedPlugin(string File, string Hash);
