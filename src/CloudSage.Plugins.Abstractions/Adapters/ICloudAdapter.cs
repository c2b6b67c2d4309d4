namespace CloudSage.Plugins.Adapters;

/// <summary>Contract of cloud adapters: reads a provider's billing data and translates it to FOCUS records.</summary>
[ExtensionPoint("CloudAdapter")]
public interface ICloudAdapter
{
    /// <summary>Says, from a look at its head, whether this adapter can translate a source. Must be quick and must not read it whole.</summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Gives up the look.</param>
    /// <returns>How sure the adapter is.</returns>
    ValueTask<CostSourceMatch> RecognizeAsync(CostSource source, CancellationToken cancellationToken);

    /// <summary>
    /// Translates a source to FOCUS records, row by row. What is wrong in a row is streamed as a finding with line and column;
    /// only a source that cannot be read at all makes this throw.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>Records and findings, in the order of the source.</returns>
    /// <exception cref="CostSourceException">The source cannot be read as what it seemed to be.</exception>
    IAsyncEnumerable<TranslatedCost> TranslateAsync(CostSource source, CancellationToken cancellationToken);

    /// <summary>Streams how the provider's service codes map to FOCUS service names and categories. Empty by default.</summary>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <returns>The entries.</returns>
    IAsyncEnumerable<ServiceCatalogEntry> GetServiceCatalogAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<ServiceCatalogEntry>();

    /// <summary>Checks credentials against the provider. An adapter that reads files alone needs none, which is the default answer.</summary>
    /// <param name="credentials">The credentials.</param>
    /// <param name="cancellationToken">Gives up the check.</param>
    /// <returns>Whether they work.</returns>
    ValueTask<CredentialCheck> CheckCredentialsAsync(CloudCredentials credentials, CancellationToken cancellationToken)
        => ValueTask.FromResult(CredentialCheck.NotNeeded);
}
