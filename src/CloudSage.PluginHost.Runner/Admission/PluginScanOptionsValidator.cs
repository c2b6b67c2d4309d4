using Microsoft.Extensions.Options;

namespace CloudSage.PluginHost.Runner.Admission;

/// <summary>Says at the start what is wrong with the options.</summary>
internal sealed class PluginScanOptionsValidator : IValidateOptions<PluginScanOptions>
{
    private const int SmallestHeap = 64;

    public ValidateOptionsResult Validate(string? name, PluginScanOptions options)
    {
        List<string> wrong = [];
        var day = TimeSpan.FromDays(1);
        if (options.FileTimeout <= TimeSpan.Zero || options.FileTimeout > day) wrong.Add($"{nameof(options.FileTimeout)} must be longer than zero and a day at most.");
        if (options.StartTimeout <= TimeSpan.Zero || options.StartTimeout > day) wrong.Add($"{nameof(options.StartTimeout)} must be longer than zero and a day at most.");
        if (options.IdleTime <= TimeSpan.Zero || options.IdleTime > day) wrong.Add($"{nameof(options.IdleTime)} must be longer than zero and a day at most.");
        if (options.HeapMegabytes is < SmallestHeap or > 16384) wrong.Add($"{nameof(options.HeapMegabytes)} must be from {SmallestHeap} to 16384.");
        if (options.MaxCachedFiles < 0) wrong.Add($"{nameof(options.MaxCachedFiles)} must not be negative.");
        if (options.CacheDirectory is { } cache && string.IsNullOrWhiteSpace(cache)) wrong.Add($"{nameof(options.CacheDirectory)} must not be empty; leave it out for the default.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
