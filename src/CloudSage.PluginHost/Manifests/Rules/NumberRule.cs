using System.Globalization;

namespace CloudSage.PluginHost.Manifests.Rules;

/// <summary>Numbers are numbers, whole where they must be, and within their bounds.</summary>
internal sealed class NumberRule : IManifestRule
{
    public IEnumerable<Finding> Check(ManifestDocument document)
        => from scalar in document.All.OfType<ManifestScalar>()
           where scalar.Shape.Kind is ScalarKind.Number or ScalarKind.WholeNumber
           let fault = FaultOf(scalar)
           where fault is not null
           select Finding.Error(
               ManifestCodes.Number,
               $"{scalar.Path} is {ShownText.Quote(scalar.Text)}, but must be {fault}.",
               "Write a number in digits, with a point for decimals and without a unit.",
               scalar.At);

    private static string? FaultOf(ManifestScalar scalar)
    {
        var isWhole = scalar.Shape.Kind == ScalarKind.WholeNumber;
        var number = isWhole
            ? int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null
            : ScalarText.Number(scalar.Text);
        if (number is null) return isWhole ? "a whole number" : "a number";
        return number < scalar.Shape.Minimum ? string.Create(CultureInfo.InvariantCulture, $"at least {scalar.Shape.Minimum}") : null;
    }
}
