using Microsoft.Extensions.Options;

namespace CloudSage.Analysis.Hosting;

/// <summary>Checks the options at start, by their annotations.</summary>
[OptionsValidator]
internal sealed partial class AnalysisOptionsValidator : IValidateOptions<AnalysisOptions>;
