namespace CloudSage.Plugins.Resources;

/// <summary>Extension point: finds the resources of an account.</summary>
[ExtensionPoint("ResourceScanner")]
public interface IResourceScanner
{
    /// <summary>Streams the resources that match.</summary>
    /// <param name="request">What to scan.</param>
    /// <param name="cancellationToken">Stops the scan.</param>
    /// <returns>The resources.</returns>
    IAsyncEnumerable<CloudResource> ScanAsync(ResourceScanRequest request, CancellationToken cancellationToken);
}

/// <summary>What to scan. An empty list does not restrict.</summary>
public sealed record ResourceScanRequest
{
    /// <summary>The scan's identity.</summary>
    public required string ScanId { get; init; }

    /// <summary>The provider.</summary>
    public string? ProviderName { get; init; }

    /// <summary>Kinds of resources, as manifests name them (<c>ec2</c>).</summary>
    public IReadOnlyList<string> ResourceTypes { get; init; } = [];

    /// <summary>Regions.</summary>
    public IReadOnlyList<string> RegionIds { get; init; } = [];

    /// <summary>Sub accounts.</summary>
    public IReadOnlyList<string> SubAccountIds { get; init; } = [];
}
