using CloudSage.Plugins.Integrations;

namespace CloudSage.Analysis.Reporting;

/// <summary>What an integration did.</summary>
/// <param name="Plugin">The plugin.</param>
/// <param name="Record">What it made, changed or was refused.</param>
public sealed record ReportedExport(string Plugin, IntegrationRecord Record);
