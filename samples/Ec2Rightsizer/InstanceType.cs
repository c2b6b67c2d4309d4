namespace CloudSage.Samples.Rightsizing;

/// <summary>An instance type and what it costs on demand.</summary>
/// <param name="Name">Such as <c>m5.large</c>.</param>
/// <param name="VCpu">Virtual CPUs.</param>
/// <param name="MemoryGiB">Memory.</param>
/// <param name="HourlyCost">The price of an hour.</param>
/// <param name="Currency">The currency of the price.</param>
/// <param name="RegionId">Where the price holds; null for everywhere.</param>
internal sealed record InstanceType(string Name, int VCpu, decimal MemoryGiB, decimal HourlyCost, string Currency, string? RegionId)
{
    public const int HoursPerMonth = 730;

    public string Family => Name[..Math.Max(Name.IndexOf('.', StringComparison.Ordinal), 0)];
}
