using System.Buffers;

namespace CloudSage.PluginHost.Registration;

/// <summary>Writes a path into a command that is offered for copying, so that a shell takes it for one word and nothing else, whatever it is called.</summary>
internal static class ShellWord
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-+:@\\");

    public static string Of(string path) => path.AsSpan().IndexOfAnyExcept(Plain) < 0 && (OperatingSystem.IsWindows() || !path.Contains('\\', StringComparison.Ordinal))
        ? path : $"'{path.Replace("'", OperatingSystem.IsWindows() ? "''" : @"'\''", StringComparison.Ordinal)}'";
}
