using CloudSage.Plugins.Metrics;
using CloudSage.Plugins.Resources;

namespace CloudSage.Analysis.Inventory;

/// <summary>A resource of the inventory and the files with its metrics.</summary>
internal sealed record InventoryEntry(CloudResource Resource, IReadOnlyDictionary<ResourceMetric, string> SeriesFiles);
