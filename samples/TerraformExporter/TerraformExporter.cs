using System.Runtime.CompilerServices;
using CloudSage.Plugins;
using CloudSage.Plugins.Integrations;

namespace CloudSage.Samples.Terraform;

/// <summary>Writes recommendations as a Terraform file that a person reviews and applies.</summary>
public sealed class TerraformExporter(PluginContext context) : IIntegration
{
    private const string DefaultName = "cloudsage-recommendations.tf";

    public async IAsyncEnumerable<IntegrationRecord> ExportAsync(
        IntegrationRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var content = RecommendationFile.Write(request.Recommendations);
        var path = context.Settings.Get("output");
        var existed = path is not null && File.Exists(path);
        var error = path is null ? null : await SaveAsync(path, content, cancellationToken);
        yield return new IntegrationRecord
        {
            System = "terraform",
            Kind = "file",
            CorrelationId = request.CorrelationId,
            Operation = existed ? IntegrationOperation.Update : IntegrationOperation.Create,
            Status = (path, error) switch
            {
                (null, _) => IntegrationStatus.Skipped,
                (_, null) => IntegrationStatus.Succeeded,
                _ => IntegrationStatus.Failed,
            },
            Error = error,
            Fields = new Dictionary<string, string> { ["path"] = path ?? DefaultName, ["content"] = content },
        };
    }

    /// <summary>Replaces the file in one step, so that Terraform never reads half of it. Answers why that failed.</summary>
    private static async Task<string?> SaveAsync(string path, string content, CancellationToken cancellationToken)
    {
        var fresh = path + ".new";
        try
        {
            await File.WriteAllTextAsync(fresh, content, cancellationToken);
            File.Move(fresh, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The operator's path cannot be written: the record says so, and the content is still in it.
            return exception.Message;
        }
    }
}
