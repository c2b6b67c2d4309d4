namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Truth values are true or false. The yes and no of YAML 1.1 are refused: a reader of YAML 1.2 takes them for texts.</summary>
internal sealed class BooleanRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from scalar in document.All.OfType<ManifestScalar>()
           where scalar.Shape.Kind == ScalarKind.Boolean && ScalarText.Boolean(scalar.Text) is null
           select Finding.Error(
               ManifestCodes.Boolean,
               $"{scalar.Path} is {ShownText.Quote(scalar.Text)}, but must be true or false.",
               Remedy(scalar.Text),
               scalar.At);

    private static string Remedy(string text) => text.ToUpperInvariant() switch
    {
        "YES" or "ON" or "Y" or "1" => "Write true.",
        "NO" or "OFF" or "N" or "0" => "Write false.",
        _ => "Write true or false.",
    };
}
