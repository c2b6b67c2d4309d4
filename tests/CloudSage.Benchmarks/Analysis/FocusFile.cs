using System.Globalization;
using System.Text;

namespace CloudSage.Benchmarks.Analysis;

/// <summary>
/// Writes a FOCUS 1.2 file with all of its 57 columns, the same bytes every time: a month of hourly charges of a few accounts and services,
/// a tenth of them quoted, with amounts of up to twelve decimals.
/// </summary>
internal static class FocusFile
{
    private static readonly string[] Header =
    [
        "AvailabilityZone", "BilledCost", "BillingAccountId", "BillingAccountName", "BillingAccountType", "BillingCurrency", "BillingPeriodEnd",
        "BillingPeriodStart", "CapacityReservationId", "CapacityReservationStatus", "ChargeCategory", "ChargeClass", "ChargeDescription", "ChargeFrequency",
        "ChargePeriodEnd", "ChargePeriodStart", "CommitmentDiscountCategory", "CommitmentDiscountId", "CommitmentDiscountName",
        "CommitmentDiscountQuantity", "CommitmentDiscountStatus", "CommitmentDiscountType", "CommitmentDiscountUnit", "ConsumedQuantity", "ConsumedUnit",
        "ContractedCost", "ContractedUnitPrice", "EffectiveCost", "InvoiceId", "InvoiceIssuerName", "ListCost", "ListUnitPrice", "PricingCategory",
        "PricingCurrency", "PricingCurrencyContractedUnitPrice", "PricingCurrencyEffectiveCost", "PricingCurrencyListUnitPrice", "PricingQuantity",
        "PricingUnit", "ProviderName", "PublisherName", "RegionId", "RegionName", "ResourceId", "ResourceName", "ResourceType", "ServiceCategory",
        "ServiceName", "ServiceSubcategory", "SkuId", "SkuMeter", "SkuPriceDetails", "SkuPriceId", "SubAccountId", "SubAccountName", "SubAccountType", "Tags",
    ];

    private static readonly (string Name, string Category, string Unit)[] Services =
    [
        ("AmazonEC2", "Compute", "Hours"), ("AmazonS3", "Storage", "GB-Months"), ("AmazonRDS", "Databases", "Hours"), ("AWSLambda", "Compute", "Requests"),
        ("AmazonCloudWatch", "Management and Governance", "Metrics"), ("AmazonDynamoDB", "Databases", "Requests"), ("AmazonVPC", "Networking", "GB"),
    ];

    public static int Columns => Header.Length;

    public static void Write(string path, int rows)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', Header));
        var start = new DateTime(2026, 5, 1, 0, 0, 0, DateTimeKind.Utc);
        var row = new string[Header.Length];
        for (var i = 0; i < rows; i++)
        {
            Fill(row, i, start.AddHours(i * 744L / rows));
            writer.WriteLine(string.Join(',', row));
        }
    }

    private static void Fill(string[] row, int number, DateTime hour)
    {
        // A hash of the number instead of a random generator: any row can be made again on its own.
        var hash = unchecked((uint)number * 2654435761u) ^ ((uint)number >> 7);
        var service = Services[hash % (uint)Services.Length];
        var (account, resource, committed) = (hash / 7 % 20, hash / 140 % 3000, hash % 5 == 0);
        var quantity = 1 + (hash % 1000 / 250m);
        var list = decimal.Round(quantity * (0.01m + (hash % 977 / 10007m)), 12);
        var effective = decimal.Round(list * (committed ? 0.72m : 1m), 12);
        Array.Fill(row, string.Empty);
        Set(0, $"us-east-1{(char)('a' + (hash % 3))}");
        Set(1, Text(committed ? 0 : list));
        Set(2, "100000000001");
        Set(3, "Example Corporation");
        Set(4, "Payer Account");
        Set(5, "USD");
        Set(6, "2026-06-01T00:00:00Z");
        Set(7, "2026-05-01T00:00:00Z");
        Set(10, "Usage");
        Set(12, number % 10 == 0 ? $"\"{service.Name} usage, \"\"on demand\"\"\"" : $"{service.Name} usage in us-east-1");
        Set(13, "Usage-Based");
        Set(14, Date(hour.AddHours(1)));
        Set(15, Date(hour));
        if (committed)
        {
            Set(16, "Usage");
            Set(17, "arn:aws:savingsplans::100000000001:savingsplan/0d1e");
            Set(18, "Compute plan");
            Set(19, Text(quantity));
            Set(20, "Used");
            Set(21, "Compute Savings Plans");
            Set(22, service.Unit);
        }

        Set(23, Text(quantity));
        Set(24, service.Unit);
        Set(25, Text(effective));
        Set(26, Text(decimal.Round(effective / quantity, 10)));
        Set(27, Text(effective));
        Set(28, "INV-2026-05-0001");
        Set(29, "Amazon Web Services");
        Set(30, Text(list));
        Set(31, Text(decimal.Round(list / quantity, 10)));
        Set(32, committed ? "Committed" : "Standard");
        Set(33, "USD");
        Set(34, row[26]);
        Set(35, row[27]);
        Set(36, row[31]);
        Set(37, row[23]);
        Set(38, service.Unit);
        Set(39, "AWS");
        Set(40, "AWS");
        Set(41, "us-east-1");
        Set(42, "US East (N. Virginia)");
        Set(43, $"arn:aws:{service.Name}:us-east-1:{account:D12}:resource/r-{resource:x8}");
        Set(44, $"resource-{resource}");
        Set(45, "resource");
        Set(46, service.Category);
        Set(47, service.Name);
        Set(49, $"SKU-{hash % 499:x6}");
        Set(50, "Usage");
        Set(51, """ "{""InstanceType"":""m6i.large"",""CoreCount"":2}" """.Trim());
        Set(52, $"SPRICE-{hash % 997:x8}");
        Set(53, account.ToString("D12", CultureInfo.InvariantCulture));
        Set(54, $"team-{account}");
        Set(55, "Linked Account");
        Set(56, $$""" "{""team"":""team-{{account}}"",""env"":""{{(hash % 2 == 0 ? "prod" : "dev")}}""}" """.Trim());

        void Set(int column, string value) => row[column] = value;
        static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
        static string Date(DateTime value) => value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }
}
