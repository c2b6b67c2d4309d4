using System.Text.Json.Serialization;
using CloudSage.Plugins.Serialization;

namespace CloudSage.Analysis.Reporting;

/// <summary>Source-generated JSON of reports.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    WriteIndented = true,
    UseStringEnumConverter = true,
    Converters = [typeof(ExactDecimalConverter)])]
[JsonSerializable(typeof(CostAnalysisReport))]
internal sealed partial class AnalysisJsonContext : JsonSerializerContext;
