using System.Globalization;
using System.Runtime.CompilerServices;
using CloudSage.Plugins.Resources;

namespace CloudSage.Benchmarks.Plugins.Scanner;

/// <summary>Streams one resource again and again: as often as the scan's identity says.</summary>
public sealed class ScannerPlugin : IResourceScanner
{
    private readonly CloudResource _resource = new() { ResourceId = "i-1", ResourceType = "ec2", ProviderName = "AWS" };

#pragma warning disable CS1998 // The stream completes synchronously on purpose: what is measured is the way to the host.
    public async IAsyncEnumerable<CloudResource> ScanAsync(ResourceScanRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
#pragma warning restore CS1998
    {
        var count = int.Parse(request.ScanId, CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++) yield return _resource;
    }
}
