#:property RestorePackagesWithLockFile=false
// Makes the sample data beside it, the same to the byte in every run: dotnet run generate.cs [folder]
// Sixty days of a small shop's bill with one planted spike, and two weeks of CPU utilisation of its instances.
using System.Globalization;
using System.Text;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var folder = args.Length > 0 ? args[0] : AppContext.GetData("EntryPointFileDirectoryPath") as string ?? ".";
var first = new DateOnly(2026, 3, 1);
const int Days = 60;
var spike = new DateOnly(2026, 4, 12);
var noise = new Noise(20260301);

Instance[] instances =
[
    new("i-0c0ffee000000001", "shop-web-1", "c5.xlarge", 0.17m, 62, 38),
    new("i-0c0ffee000000002", "shop-web-2", "m5.xlarge", 0.192m, 14, 22),
    new("i-0c0ffee000000003", "shop-batch", "r5.large", 0.126m, 35, 40),
    new("i-0c0ffee000000004", "old-reports", "m5.2xlarge", 0.384m, 1, 3),
    new("i-0c0ffee000000005", "demo-2024", "t3.large", 0.0832m, 0, 2),
    new("i-0c0ffee000000006", "shop-admin", "m5.large", 0.096m, 9, 12),
];

Directory.CreateDirectory(Path.Combine(folder, "cpu"));
Save("shop-focus-1.2.csv", Bill());
Save("inventory.csv", Inventory());
foreach (var instance in instances) Save($"cpu/{instance.Name}.csv", Series(instance));

IEnumerable<string> Bill()
{
    yield return string.Join(',', Charge.Columns);
    for (var day = 0; day < Days; day++)
    {
        var date = first.AddDays(day);
        if (date.Day == 1) yield return Reservation(date).ToCsv();
        foreach (var instance in instances) yield return InstanceDay(instance, date).ToCsv();
        yield return Usage(date, "Amazon Simple Storage Service", "Storage", "AmazonS3", "Standard storage", noise.Around(11m + day * 0.03m, 2)).ToCsv();
        yield return Usage(date, "AWS Lambda", "Compute", "AWSLambda", "Requests and duration", noise.Around(3m, 3)).ToCsv();
        yield return Usage(date, "Amazon CloudFront", "Networking", "AmazonCloudFront", "Data transfer out", noise.Around(5m, 3)).ToCsv();
        yield return Usage(date, "Amazon Virtual Private Cloud", "Networking", "AmazonVPC", "NAT gateway bytes", noise.Around(date == spike ? 49m : 4m, 3)).ToCsv();
        foreach (var part in Database(date)) yield return part.ToCsv();
    }
}

Charge InstanceDay(Instance instance, DateOnly date) => Usage(
    date, "Amazon Elastic Compute Cloud", "Compute", "AmazonEC2", $"{instance.Type} on demand", instance.Hourly * 24) with
{
    Quantity = 24, Unit = "Hours", ResourceId = instance.Id, ResourceName = instance.Name, InstanceType = instance.Type, UnitPrice = instance.Hourly,
};

Charge Usage(DateOnly date, string service, string category, string code, string description, decimal cost) => new()
{
    Date = date, Service = service, ServiceCategory = category, Code = code, Description = description, Billed = cost, Effective = cost, List = cost,
};

// A reserved database: bought on the first of the month, used for four fifths of each day.
Charge Reservation(DateOnly month) => Usage(month, Rds, "Databases", "AmazonRDS", "Reserved database, monthly fee", 120m) with
{
    Category = "Purchase", Effective = 0m, Frequency = "Recurring", CommitmentId = Commitment, Pricing = "Committed",
};

IEnumerable<Charge> Database(DateOnly date)
{
    var daily = 120m / DateTime.DaysInMonth(date.Year, date.Month);
    yield return Part("Used", "db.m5.large, covered by a reservation", 0.8m, 5.6m);
    yield return Part("Unused", "Unused part of a reservation", 0.2m, 0m);

    Charge Part(string status, string description, decimal share, decimal list) => Usage(date, Rds, "Databases", "AmazonRDS", description, 0m) with
    {
        Effective = decimal.Round(daily * share, 10), List = list, CommitmentId = Commitment, CommitmentStatus = status, Pricing = "Committed",
    };
}

IEnumerable<string> Inventory()
{
    yield return "ResourceId,ResourceName,ResourceType,InstanceType,RegionId,ProviderName,ServiceName,SubAccountId,State,MetricsFile";
    foreach (var i in instances)
        yield return $"{i.Id},{i.Name},ec2,{i.Type},us-east-1,AWS,Amazon Elastic Compute Cloud,{Charge.Account},Running,cpu/{i.Name}.csv";
}

IEnumerable<string> Series(Instance instance)
{
    yield return "timestamp,value";
    var start = first.AddDays(Days - 14).ToDateTime(TimeOnly.MinValue);
    for (var hour = 0; hour < 14 * 24; hour++)
    {
        var at = start.AddHours(hour);
        var busy = at.Hour is >= 8 and < 20 ? 1m : 0.4m;
        yield return $"{at:yyyy-MM-dd HH:mm:ss},{instance.BaseCpu + decimal.Round(instance.CpuSpan * busy * noise.Next() / 1000m, 3)}";
    }
}

void Save(string name, IEnumerable<string> lines) => File.WriteAllText(Path.Combine(folder, name), string.Join('\n', lines) + '\n', new UTF8Encoding(false));

internal sealed record Instance(string Id, string Name, string Type, decimal Hourly, int BaseCpu, int CpuSpan);

/// <summary>A linear congruential generator: the same numbers on every machine and version.</summary>
internal sealed class Noise(ulong seed)
{
    /// <summary>0 to 999.</summary>
    public int Next() => (int)((seed = unchecked(seed * 6364136223846793005UL + 1442695040888963407UL)) >> 33) % 1000;

    public decimal Around(decimal middle, int percent) => decimal.Round(middle * (1m + percent * (Next() - 500) / 50_000m), 6);
}

/// <summary>One line of the bill, with all columns of FOCUS 1.2.</summary>
internal sealed record Charge
{
    public const string Account = "111122223333";

    public static readonly string[] Columns =
    [
        "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency", "BillingPeriodEnd",
        "BillingPeriodStart", "CapacityReservationId", "CapacityReservationStatus", "ChargeCategory", "ChargeClass", "ChargeDescription",
        "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName",
        "CommitmentDiscountQuantity", "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit", "ConsumedQuantity",
        "ConsumedUnit", "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost", "ListUnitPrice",
        "PricingCategory", "PricingCurrency", "PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice",
        "PricingQuantity", "PricingUnit", "ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType",
        "ServiceCategory", "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId",
        "SubAccountName", "SubAccountType", "Tags", "x_ServiceCode",
    ];

    public required DateOnly Date { get; init; }
    public required string Service { get; init; }
    public required string ServiceCategory { get; init; }
    public required string Code { get; init; }
    public required string Description { get; init; }
    public required decimal Billed { get; init; }
    public required decimal Effective { get; init; }
    public required decimal List { get; init; }
    public string Category { get; init; } = "Usage";
    public string Frequency { get; init; } = "Usage-Based";
    public string Pricing { get; init; } = "Standard";
    public string? CommitmentId { get; init; }
    public string? CommitmentStatus { get; init; }
    public decimal Quantity { get; init; } = 1;
    public string Unit { get; init; } = "Units";
    public decimal? UnitPrice { get; init; }
    public string? ResourceId { get; init; }
    public string? ResourceName { get; init; }
    public string? InstanceType { get; init; }

    public string ToCsv()
    {
        var month = new DateOnly(Date.Year, Date.Month, 1);
        var used = Category == "Usage";
        Dictionary<string, object?> cells = new()
        {
            ["BilledCost"] = Billed, ["EffectiveCost"] = Effective, ["ListCost"] = List, ["ContractedCost"] = List,
            ["BillingAccountId"] = "999900001111", ["BillingAccountName"] = "Sample shop", ["BillingAccountType"] = "Payer", ["BillingCurrency"] = "USD",
            ["BillingPeriodStart"] = Instant(month), ["BillingPeriodEnd"] = Instant(month.AddMonths(1)),
            ["ChargePeriodStart"] = Instant(Date), ["ChargePeriodEnd"] = Instant(used ? Date.AddDays(1) : month.AddMonths(1)),
            ["ChargeCategory"] = Category, ["ChargeDescription"] = Description, ["ChargeFrequency"] = Frequency,
            ["CommitmentDiscountId"] = CommitmentId, ["CommitmentDiscountStatus"] = CommitmentStatus,
            ["CommitmentDiscountCategory"] = CommitmentId is null ? null : "Usage", ["CommitmentDiscountType"] = CommitmentId is null ? null : "Reserved Instance",
            ["ConsumedQuantity"] = used && CommitmentStatus != "Unused" ? Quantity : null, ["ConsumedUnit"] = used && CommitmentStatus != "Unused" ? Unit : null,
            ["ContractedUnitPrice"] = UnitPrice, ["ListUnitPrice"] = UnitPrice, ["PricingCategory"] = Pricing, ["PricingCurrency"] = "USD",
            ["PricingQuantity"] = Quantity, ["PricingUnit"] = Unit, ["InvoiceIssuerName"] = "AWS", ["ProviderName"] = "AWS", ["PublisherName"] = "AWS",
            ["RegionId"] = "us-east-1", ["RegionName"] = "US East (N. Virginia)", ["ResourceId"] = ResourceId, ["ResourceName"] = ResourceName,
            ["ResourceType"] = ResourceId is null ? null : "Instance", ["ServiceCategory"] = ServiceCategory, ["ServiceName"] = Service,
            ["SkuPriceDetails"] = InstanceType is null ? null : $$"""{"InstanceType":"{{InstanceType}}"}""",
            ["SubAccountId"] = Account, ["SubAccountName"] = "production", ["SubAccountType"] = "Account", ["Tags"] = """{"team":"shop"}""",
            ["x_ServiceCode"] = Code,
        };
        return string.Join(',', Columns.Select(column => Quote(cells.GetValueOrDefault(column))));
    }

    private static string Instant(DateOnly date) => $"{date:yyyy-MM-dd}T00:00:00Z";

    private static string Quote(object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
        return text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"")}\"" : text;
    }
}

internal static partial class Program
{
    private const string Rds = "Amazon Relational Database Service";
    private const string Commitment = "arn:aws:rds:us-east-1:111122223333:ri:shop-db";
}
