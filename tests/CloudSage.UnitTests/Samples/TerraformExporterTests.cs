using CloudSage.Plugins.Costs;
using CloudSage.Plugins.Integrations;
using CloudSage.Plugins.Optimization;
using CloudSage.Samples.Terraform;

namespace CloudSage.UnitTests.Samples;

public sealed class TerraformExporterTests
{
    [TestCase("plain", "\"plain\"")]
    [TestCase("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [TestCase("back\\slash", "\"back\\\\slash\"")]
    [TestCase("two\r\nlines\t", "\"two\\r\\nlines\\t\"")]
    [TestCase("${var.secret}", "\"$${var.secret}\"")]
    [TestCase("%{ if true }", "\"%%{ if true }\"")]
    [TestCase("$${x}", "\"$$${x}\"")]
    [TestCase("100% of $5", "\"100% of $5\"")]
    [TestCase("$", "\"$\"")]
    [TestCase("caf\u00e9 \u202e", "\"caf\\u00e9 \\u202e\"")]
    [TestCase("\ud83d\ude00", "\"\\U0001f600\"")]
    [TestCase("\u0000\u001b", "\"\\u0000\\u001b\"")]
    public void Strings_are_read_back_as_they_are(string text, string expected) => HclText.Quote(text).Should().Be(expected);

    [Test]
    public void Half_a_character_becomes_the_replacement_character()
        => HclText.Quote("a" + (char)0xD800).Should().Be("\"a\\ufffd\"");

    [Test]
    public void The_file_is_formatted_as_terraform_fmt_leaves_it()
    {
        var text = RecommendationFile.Write([Rightsize("i-1", "m5.large", 70.08m), Stop("i-2", 35.04m)]);

        text.Should().Be("""
            # Written by terraform-exporter. Review it before you apply it; the next export replaces it.

            locals {
              cloudsage_recommendations = {
                "rightsize-i-1" = {
                  action           = "Rightsize"
                  resource_id      = "i-1"
                  resource_type    = "ec2"
                  current_type     = "m5.xlarge"
                  recommended_type = "m5.large"
                  monthly_savings  = 70.08
                  currency         = "USD"
                  reasons          = ["too large"]
                }
                "stop-i-2" = {
                  action          = "Stop"
                  resource_id     = "i-2"
                  resource_type   = "ec2"
                  current_type    = "m5.xlarge"
                  monthly_savings = 35.04
                  currency        = "USD"
                  reasons         = []
                }
              }

              cloudsage_instance_types = {
                "i-1" = "m5.large"
              }
            }

            resource "aws_ec2_instance_state" "stop_i-2_stop-i-2" {
              instance_id = "i-2"
              state       = "stopped"
            }

            output "cloudsage_monthly_savings" {
              description = "What all recommendations together save in a month of 730 hours, by currency."
              value = {
                "USD" = 105.12
              }
            }

            """.ReplaceLineEndings("\n"));
    }

    [Test]
    public void The_order_of_the_recommendations_changes_nothing()
    {
        OptimizationRecommendation[] all = [Rightsize("i-1", "m5.large", 1m), Rightsize("i-3", "m5.large", 2m), Stop("i-2", 3m)];

        RecommendationFile.Write([.. all.Reverse()]).Should().Be(RecommendationFile.Write(all));
    }

    [Test]
    public void Of_two_types_for_one_instance_the_one_that_saves_more_counts()
        => RecommendationFile.Write([Rightsize("i-1", "m5.large", 1m), Rightsize("i-1", "t3.large", 2m) with { RecommendationId = "b" }])
            .Should().Contain("    \"i-1\" = \"t3.large\"\n").And.NotContain("    \"i-1\" = \"m5.large\"\n");

    [Test]
    public void A_hostile_identity_stays_inside_its_quotes()
    {
        var text = RecommendationFile.Write([Stop("i\" { } ${file(\"/etc/passwd\")}", 1m)]);

        text.Should().Contain("instance_id = \"i\\\" { } $${file(\\\"/etc/passwd\\\")}\"");
        text.Should().MatchRegex("resource \"aws_ec2_instance_state\" \"[A-Za-z0-9_-]+\" \\{");
    }

    [Test]
    public async Task The_file_is_written_where_the_setting_says()
    {
        var folder = Directory.CreateTempSubdirectory("csg-terraform-").FullName;
        try
        {
            var path = Path.Combine(folder, "out.tf");
            var first = await Export(("output", path));
            var second = await Export(("output", path));

            first.Should().Match<IntegrationRecord>(r => r.Operation == IntegrationOperation.Create && r.Status == IntegrationStatus.Succeeded);
            second.Operation.Should().Be(IntegrationOperation.Update);
            (await File.ReadAllTextAsync(path)).Should().Be(first.Fields["content"]);
            Directory.GetFiles(folder).Should().ContainSingle();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task Without_the_setting_nothing_is_written_and_the_record_says_so()
    {
        var record = await Export();

        record.Status.Should().Be(IntegrationStatus.Skipped);
        record.Fields["content"].Should().NotBeEmpty();
    }

    [Test]
    public async Task A_path_that_cannot_be_written_is_a_failed_record_with_the_content()
    {
        var record = await Export(("output", Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "out.tf")));

        record.Should().Match<IntegrationRecord>(r => r.Status == IntegrationStatus.Failed && r.Error != null);
        record.Fields["content"].Should().NotBeEmpty();
    }

    private static async Task<IntegrationRecord> Export(params (string, string)[] settings)
        => await new TerraformExporter(PluginContexts.With(settings))
            .ExportAsync(new IntegrationRequest { CorrelationId = "c", Recommendations = [Stop("i-1", 1m)] }, CancellationToken.None).SingleAsync();

    private static OptimizationRecommendation Stop(string id, decimal savings) => new()
    {
        RecommendationId = $"stop-{id}", ResourceId = id, ResourceType = "ec2", Action = OptimizationAction.Stop,
        Current = new ResourceConfiguration("m5.xlarge"), EstimatedMonthlySavings = new Money(savings, "USD"),
    };

    private static OptimizationRecommendation Rightsize(string id, string type, decimal savings) => Stop(id, savings) with
    {
        RecommendationId = $"rightsize-{id}", Action = OptimizationAction.Rightsize, Recommended = new ResourceConfiguration(type), Reasons = ["too large"],
    };
}
