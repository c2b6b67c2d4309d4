using System.Text;
using CloudSage.Plugins.Adapters;
using CloudSage.Plugins.Costs;
using CloudSage.Samples.Focus;

namespace CloudSage.UnitTests.Samples;

/// <summary>Awkward files: each is read as far as it can be, and says by line and column what could not.</summary>
public sealed class FocusAdapterTests
{
    private const string Header = "ChargePeriodStart,ChargeCategory,BilledCost,EffectiveCost,BillingCurrency,ServiceName,Tags";

    [TestCase("2026-05-01,Usage,abc,1,USD,S,", "BilledCost", "invalid-number", false)]
    [TestCase("2026-05-01,Usage,\"1,234.5\",1,USD,S,", "BilledCost", "invalid-number", false)]
    [TestCase("2026-05-01,Usage,1e30,1,USD,S,", "BilledCost", "invalid-number", false)]
    [TestCase("2026-05-01,Usage,NaN,1,USD,S,", "BilledCost", "invalid-number", false)]
    [TestCase("2026-05-01,Usage,1E-40,1,USD,S,", "BilledCost", "rounded-number", false)]
    [TestCase("2026-05-01,Usage,1,0,USD,S,", "EffectiveCost", "doubtful-effective-cost", false)]
    [TestCase("2026-05-01,Rental,1,1,USD,S,", "ChargeCategory", "unknown-value", false)]
    [TestCase("2026-05-01,Usage,1,1,,S,", "BillingCurrency", "missing-currency", false)]
    [TestCase("2026-05-01,Usage,1,1,USD,S,{broken", "Tags", "invalid-tags", false)]
    [TestCase("2026-05-01,Usage,1,1,USD,S,[1]", "Tags", "invalid-tags", false)]
    [TestCase("2026-05-01,Usage,1,1,USD", null, "ragged-row", false)]
    [TestCase("2026-05-01,Usage,1,1,USD,S,,surplus", null, "ragged-row", true)]
    [TestCase("2026-05-01,Usage,1,1,USD,\"S\"x,", null, "stray-quote", false)]
    [TestCase("2026-05-01,Usage,1,1,USD,\"never closed,", null, "stray-quote", true)]
    [TestCase("2026-05-01T30:00:00Z,Usage,1,1,USD,S,", "ChargePeriodStart", "invalid-date", true)]
    [TestCase("13/1/2025,Usage,1,1,USD,S,", "ChargePeriodStart", "invalid-date", true)]
    [TestCase("NULL,Usage,1,1,USD,S,", "ChargePeriodStart", "invalid-date", true)]
    public async Task An_awkward_row_is_one_finding_with_line_and_column(string row, string? column, string code, bool skipped)
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n2026-05-01,Usage,1,1,USD,S,\n{row}\n");

        findings.Should().ContainSingle().Which.Should().Match<Plugins.Analysis.DataQualityFinding>(finding
            => finding.Line == 3 && finding.Column == column && finding.Code == code && finding.RowSkipped == skipped);
        records.Should().HaveCount(skipped ? 1 : 2);
    }

    [Test]
    public async Task A_cost_that_cannot_be_read_is_null_and_never_0()
    {
        var (records, _) = await BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n2026-05-01,Usage,$5,1,USD,S,\n");

        records.Should().ContainSingle().Which.BilledCost.Should().BeNull();
    }

    [TestCase("2026-05-01")]
    [TestCase("2026-05-01 00:00:00")]
    [TestCase("2026-05-01T00:00:00Z")]
    [TestCase("2026-05-01T00:00:00.000Z")]
    [TestCase("2026-05-01 00:00:00.000 UTC")]
    [TestCase("2026-05-01T02:00:00+02:00")]
    [TestCase("5/1/2026")]
    [TestCase("5/1/26")]
    [TestCase("05/01/2026 00:00")]
    [TestCase("5/1/2026 12:00:00 AM")]
    public async Task Every_form_of_a_date_is_the_same_instant(string date)
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n{date},Usage,1,1,USD,S,\n");

        findings.Should().BeEmpty();
        var start = records.Should().ContainSingle().Which.ChargePeriodStart;
        start.Should().Be(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
        start.Offset.Should().Be(TimeSpan.Zero);
    }

    [TestCase("1.5e-7", "0.00000015")]
    [TestCase("-3", "-3")]
    [TestCase("12345678901234567.12345678901", "12345678901234567.12345678901")]
    [TestCase("+.5", "0.5")]
    public async Task Numbers_are_exact(string text, string expected)
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n2026-05-01,Usage,{text},1,USD,S,\n");

        findings.Should().BeEmpty();
        records.Should().ContainSingle().Which.BilledCost.Should().Be(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
    }

    [TestCase("")]
    [TestCase("NULL")]
    [TestCase("null")]
    [TestCase(@"\N")]
    public async Task Every_null_token_is_null_without_a_finding(string token)
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n2026-05-01,{token},{token},{token},USD,{token},{token}\n");

        findings.Should().BeEmpty();
        records.Should().ContainSingle().Which.Should().Match<CostRecord>(record
            => record.BilledCost == null && record.ChargeCategory == null && record.ServiceName == null && record.Tags.Count == 0);
    }

    [TestCase("\"{\"\"env\"\": \"\"prod\"\", \"\"flag\"\": null, \"\"n\"\": 5}\"")]
    [TestCase("\"\"\"env\"\": \"\"prod\"\",\"\"flag\"\": \"\"\"\",\"\"n\"\": 5\"")]
    public async Task Tags_are_read_with_and_without_braces(string tags)
    {
        var (records, _) = await BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n2026-05-01,Usage,1,1,USD,S,{tags}\n");

        records.Should().ContainSingle().Which.Tags.Should().BeEquivalentTo(
            new Dictionary<string, string> { ["env"] = "prod", ["flag"] = "", ["n"] = "5" });
    }

    [Test]
    public async Task Lines_are_counted_through_blank_lines_and_line_breaks_in_quotes()
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(),
            $"\r\n{Header}\r\n\r\n2026-05-01,Usage,1,1,USD,\"two\r\nlines, \"\"quoted\"\"\",\r\n2026-05-01,Usage,x,1,USD,S,\r\n");

        records.Select(record => record.SourceLine).Should().Equal(4, 6);
        records[0].ServiceName.Should().Be("two\r\nlines, \"quoted\"");
        findings.Should().ContainSingle().Which.Line.Should().Be(6);
    }

    [Test]
    public async Task Columns_are_found_by_name_in_any_order_and_case_and_the_rest_are_extensions()
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(),
            "x_Team,billingcurrency,BILLEDCOST,ServiceProviderName,HostProviderName,ChargeCategory,ChargeFrequency,chargeperiodstart,InvoiceDetailId\n"
            + "blue,EUR,2,Acme,Acme Hosting,usage,Usage-based,2026-05-01,D-1\n");

        findings.Should().BeEmpty();
        var record = records.Should().ContainSingle().Subject;
        record.Should().Match<CostRecord>(r => r.BilledCost == 2 && r.BillingCurrency == "EUR" && r.ProviderName == "Acme" && r.PublisherName == "Acme Hosting"
            && r.ChargeCategory == ChargeCategory.Usage && r.ChargeFrequency == ChargeFrequency.UsageBased);
        record.Extensions.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["x_Team"] = "blue", ["ServiceProviderName"] = "Acme", ["HostProviderName"] = "Acme Hosting", ["InvoiceDetailId"] = "D-1",
        });
    }

    [Test]
    public async Task Of_two_columns_with_one_name_the_first_counts()
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(),
            "ChargePeriodStart,ChargeCategory,BilledCost,billedcost,BillingCurrency\n2026-05-01,Usage,1,2,USD\n");

        records.Should().ContainSingle().Which.BilledCost.Should().Be(1);
        findings.Should().ContainSingle().Which.Should().Match<Plugins.Analysis.DataQualityFinding>(finding
            => finding.Line == 1 && finding.Column == "billedcost" && finding.Code == "duplicate-column");
    }

    [Test]
    public async Task A_file_without_currencies_counts_under_no_currency_with_one_finding()
    {
        var (records, findings) = await BillingText.ReadAsync(new FocusAdapter(),
            "ChargePeriodStart,ChargeCategory,BilledCost\n2026-05-01,Usage,1\n2026-05-02,Usage,1\n");

        records.Should().HaveCount(2).And.OnlyContain(record => record.BillingCurrency == "XXX");
        findings.Should().ContainSingle().Which.Should().Match<Plugins.Analysis.DataQualityFinding>(finding
            => finding.Line == 1 && finding.Column == "BillingCurrency" && finding.Code == "missing-currency");
    }

    [Test]
    public async Task A_row_that_begins_with_a_hash_is_a_row()
    {
        var (records, _) = await BillingText.ReadAsync(new FocusAdapter(), "ServiceName,ChargePeriodStart,ChargeCategory,BilledCost,BillingCurrency\n#1,2026-05-01,Usage,1,USD\n");

        records.Should().ContainSingle().Which.ServiceName.Should().Be("#1");
    }

    [TestCase("utf-8")]
    [TestCase("utf-16")]
    public async Task A_byte_order_mark_is_no_part_of_the_first_name(string encoding)
    {
        using var file = BillingText.Plain($"{Header}\n2026-05-01,Usage,1,1,USD,Süß,\n", Encoding.GetEncoding(encoding));

        var (records, findings) = await BillingTotals.ReadAllAsync(new FocusAdapter(), file.Path);

        findings.Should().BeEmpty();
        records.Should().ContainSingle().Which.ServiceName.Should().Be("Süß");
    }

    [Test]
    public async Task A_gzip_file_is_known_by_its_first_bytes()
    {
        using var file = BillingText.Gzip($"{Header}\n2026-05-01,Usage,1,1,USD,S,\n");
        var renamed = new CostSource("file.csv", file.Path);

        (await new FocusAdapter().RecognizeAsync(renamed, CancellationToken.None)).Confidence.Should().BeGreaterThan(0);
        var (records, findings) = await BillingTotals.ReadAllAsync(new FocusAdapter(), file.Path);

        records.Should().ContainSingle();
        findings.Should().BeEmpty();
    }

    [Test]
    public async Task A_gzip_file_that_was_cut_short_says_so()
    {
        var rows = string.Concat(Enumerable.Range(0, 5000).Select(i => $"2026-05-01,Usage,{i * 7919 % 10007},1,USD,S{i * 31 % 997},\n"));
        using var file = BillingText.Gzip($"{Header}\n{rows}", keep: 20_000);

        var (records, findings) = await BillingTotals.ReadAllAsync(new FocusAdapter(), file.Path);

        records.Count.Should().BeInRange(1, 4999);
        findings.Should().Contain(finding => finding.Code == "truncated-file");
    }

    [TestCase("", "is empty")]
    [TestCase("a,b\n1,2\n", "is no FOCUS file")]
    public async Task A_file_that_is_no_FOCUS_file_is_refused(string text, string why)
    {
        var read = () => BillingText.ReadAsync(new FocusAdapter(), text);

        (await read.Should().ThrowAsync<CostSourceException>()).WithMessage($"*{why}*");
    }

    [Test]
    public async Task A_file_that_is_absent_is_no_match_and_cannot_be_translated()
    {
        var source = new CostSource("absent.csv", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "absent.csv"));

        var match = await new FocusAdapter().RecognizeAsync(source, CancellationToken.None);
        var read = () => BillingTotals.ReadAllAsync(new FocusAdapter(), source.Location);

        match.Should().Match<CostSourceMatch>(m => m.Confidence == 0 && m.Reason!.Contains("cannot be opened"));
        await read.Should().ThrowAsync<CostSourceException>();
    }

    [Test]
    public async Task A_quote_that_swallows_the_file_ends_the_stream_with_its_line()
    {
        var read = () => BillingText.ReadAsync(new FocusAdapter(), $"{Header}\n2026-05-01,Usage,1,1,USD,\"{new string('x', 1 << 21)}");

        (await read.Should().ThrowAsync<CostSourceException>()).WithMessage("*line 2*never closed*");
    }
}
