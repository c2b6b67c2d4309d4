using System.Text.Json;
using CloudSage.Plugins.Costs;

namespace CloudSage.Samples.Reservations;

/// <summary>Tells charges for hours of instances from all others.</summary>
internal static class InstanceCharge
{
    /// <summary>The type of the instance whose hours are charged; null for every other charge.</summary>
    public static string? InstanceTypeOf(CostRecord charge)
    {
        if (charge is not { ChargeCategory: ChargeCategory.Usage, ResourceId: not null, ConsumedUnit: "Hrs" or "Hours" }) return null;
        if (charge.PricingCategory == PricingCategory.Dynamic || charge.CommitmentDiscountStatus == CommitmentStatus.Unused) return null;
        // AWS writes data transfer and volumes of an instance in hours too; its usage type says which charge is for running.
        if (charge.Extensions.TryGetValue("x_UsageType", out var usage)
            && !usage.Contains("BoxUsage", StringComparison.Ordinal) && !usage.Contains("InstanceUsage", StringComparison.Ordinal)) return null;
        return charge.Extensions.TryGetValue("x_InstanceType", out var type) ? type : FromSku(charge.SkuPriceDetails);
    }

    /// <summary>The kind of resource, as requests and manifests name it.</summary>
    public static string ResourceTypeOf(CostRecord charge) => charge.Extensions.GetValueOrDefault("x_ServiceCode") switch
    {
        "AmazonEC2" => "ec2",
        "AmazonRDS" => "rds",
        _ => charge.ServiceCategory == "Databases" ? "database" : "compute",
    };

    /// <summary>FOCUS 1.2 names the instance type among the details of the price.</summary>
    private static string? FromSku(string? details)
    {
        if (details is null) return null;
        try
        {
            using var json = JsonDocument.Parse(details);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("InstanceType", out var type)
                && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
        }
        catch (JsonException)
        {
            // Details that are no JSON name no instance type: the charge is not one for an instance.
            return null;
        }
    }
}
