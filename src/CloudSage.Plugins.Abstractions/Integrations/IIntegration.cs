using CloudSage.Plugins.Alerts;
using CloudSage.Plugins.Optimization;
using System.Collections.ObjectModel;

namespace CloudSage.Plugins.Integrations;

/// <summary>Contract of integrations: exchanges records with another system.</summary>
[ExtensionPoint("Integration")]
public interface IIntegration
{
    /// <summary>Sends what the request holds and streams a record for each thing that was made, changed or refused.</summary>
    /// <param name="request">What to send.</param>
    /// <param name="cancellationToken">Stops the exchange.</param>
    /// <returns>What became of it.</returns>
    IAsyncEnumerable<IntegrationRecord> ExportAsync(IntegrationRequest request, CancellationToken cancellationToken);
}

/// <summary>What to send.</summary>
public sealed record IntegrationRequest
{
    /// <summary>The exchange's identity; records carry it on.</summary>
    public required string CorrelationId { get; init; }

    /// <summary>Recommendations to send.</summary>
    public IReadOnlyList<OptimizationRecommendation> Recommendations { get; init; } = [];

    /// <summary>Alerts to send.</summary>
    public IReadOnlyList<Alert> Alerts { get; init; } = [];

    /// <summary>Free parameters of this run.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}
