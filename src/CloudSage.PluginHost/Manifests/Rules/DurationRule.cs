namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Lengths of time have a unit, are longer than nothing and not longer than a timer can count.</summary>
internal sealed class DurationRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from scalar in document.All.OfType<ManifestScalar>()
           where scalar.Shape.Kind == ScalarKind.Duration && !DurationText.TryParse(scalar.Text, out _)
           select Finding.Error(
               ManifestCodes.Duration,
               $"{scalar.Path} is {ShownText.Quote(scalar.Text)}, but must be a length of time between 1ms and {DurationText.Longest.Days}d.",
               Remedy(scalar.Text),
               scalar.At);

    private static string Remedy(string text) => text.Length is > 0 and < 9 && text.All(char.IsAsciiDigit) && text.Any(static c => c != '0')
        ? $"Add the unit, such as {text}s."
        : "Write it such as 500ms, 30s, 5m, 1h30m, 7d or PT30S.";
}
