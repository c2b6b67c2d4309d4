namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Where there is a choice, one of its values is written.</summary>
internal sealed class ChoiceRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from scalar in document.All.OfType<ManifestScalar>()
           where scalar.Shape.Kind == ScalarKind.Choice && !IsReportedAsMissing(scalar) && scalar.Shape.Choose(scalar.Text) is null
           select Finding.Error(
               ManifestCodes.Choice,
               $"{scalar.Path} is {ShownText.Quote(scalar.Text)}, which is not allowed.",
               NearestName.Suggest(scalar.Text, scalar.Shape.Choices),
               scalar.At);

    private static bool IsReportedAsMissing(ManifestScalar scalar)
        => scalar.Path.EndsWith(".os", StringComparison.Ordinal) && scalar.Text.AsSpan().IsWhiteSpace();
}
