using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Optimization;

namespace NewPlugin;

/// <summary>Writes one file for every recommendation into the plugin's data folder, where another system picks it up.</summary>
public sealed class TicketFiles(PluginContext context) : IIntegration
{
    public async IAsyncEnumerable<IntegrationRecord> ExportAsync(
        IntegrationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(context.DataDirectory);
        foreach (var recommendation in request.Recommendations)
        {
            // The same recommendation has the same identity in every run, so its ticket is changed and not made anew.
            var ticket = $"{recommendation.RecommendationId}.txt";
            var file = Path.Combine(context.DataDirectory, ticket);
            var operation = File.Exists(file) ? IntegrationOperation.Update : IntegrationOperation.Create;
            await File.WriteAllTextAsync(file, Text(recommendation), cancellationToken);
            yield return new IntegrationRecord
            {
                System = "ticket-files",
                Kind = "file",
                ExternalId = ticket,
                CorrelationId = request.CorrelationId,
                Operation = operation,
                Status = IntegrationStatus.Succeeded,
            };
        }
    }

    private static string Text(OptimizationRecommendation recommendation) => string.Join('\n',
        recommendation.Reasons
            .Prepend($"{recommendation.Action} {recommendation.ResourceId}")
            .Append(recommendation.EstimatedMonthlySavings is { } saves ? $"Saves {saves} a month." : "What it saves is not known."));
}
