using CloudSage.PluginHost.Advisories;
using CloudSage.PluginHost.Advisories.Databases;
using CloudSage.PluginHost.Advisories.Matching;
using CloudSage.PluginHost.Advisories.Records;

namespace CloudSage.UnitTests.Advisories;

/// <summary>Every public record beside the repository: versions before, in, at and after what it calls affected.</summary>
public sealed class PublicRecordsTests
{
    private const PackageEcosystem NuGet = PackageEcosystem.NuGet, Npm = PackageEcosystem.Npm, PyPI = PackageEcosystem.PyPI, Go = PackageEcosystem.Go;

    private static readonly object[][] Cases =
    [
        ["GHSA-266m-wp2v-x7mq", NuGet, "Microsoft.NetCore.App.Runtime.linux-arm", "9.0.0 9.0.5", "8.0.0 9.0.6 9.0.0-rc.1"],
        ["GHSA-35jh-r3h4-6jhm", Npm, "lodash", "0.1.0 4.17.20 4.17.21-beta.1", "4.17.21 5.0.0"],
        ["GHSA-35jh-r3h4-6jhm", Npm, "lodash.template", "1.0.0 4.5.0", "4.5.1"],
        ["GHSA-4v7x-pqxf-cx7m", Go, "net/http", "1.21.8 1.22.0-rc.1 1.22.1", "1.21.9 1.22.2 1.23.0"],
        ["GHSA-5crp-9r3c-p9vr", NuGet, "newtonsoft.json", "12.0.3 13.0.1-beta1", "13.0.1 13.0.3"],
        ["GHSA-75v8-2h7p-7m2m", Npm, "formidable", "2.1.0 2.1.2 3.1.1-canary.20211030 3.5.2", "2.0.1 2.1.3 3.0.0 3.5.3"],
        ["GHSA-7q36-4xx7-xcxf", NuGet, "MessagePack", "1.9.3 2.0.0 2.1.80", "1.9.11 2.1.90 2.2.0"],
        ["GHSA-8g4q-xg66-9fp4", NuGet, "System.Text.Json", "6.0.9 8.0.0 8.0.4", "5.0.2 6.0.10 7.0.4 8.0.5 9.0.0"],
        ["GHSA-98g6-xh36-x2p7", NuGet, "Microsoft.Data.SqlClient", "1.1.4 2.1.6 3.1.4 4.0.0 5.1.2", "2.1.7 3.1.5 4.0.5 5.1.3 6.0.0"],
        ["GHSA-98g6-xh36-x2p7", NuGet, "System.Data.SqlClient", "4.8.5", "4.8.6"],
        ["GHSA-c2qf-rxjj-qqgw", Npm, "semver", "5.7.1 6.3.0 7.5.1", "5.7.2 6.3.1 7.5.2"],
        ["GHSA-f5pg-7wfw-84q9", Go, "github.com/aws/aws-sdk-go", "v1.33.21", "v1.34.0 v1.44.0"],
        ["GHSA-hh2w-p6rv-4g7w", NuGet, "System.Text.Json", "7.0.0 8.0.3", "6.0.9 8.0.4"],
        ["GHSA-m5vv-6r4h-3vj9", NuGet, "Azure.Identity", "1.11.3", "1.11.4"],
        ["GHSA-m5vv-6r4h-3vj9", NuGet, "Microsoft.Identity.Client", "4.49.1 4.60.3 4.61.0 4.61.2", "4.49.0 4.60.4 4.61.3"],
        ["GHSA-m5vv-6r4h-3vj9", Npm, "@azure/identity", "4.2.0", "4.2.1"],
        ["GHSA-m5vv-6r4h-3vj9", PyPI, "Azure_Identity", "1.16.0 1.16.1rc1", "1.16.1"],
        ["GHSA-m5vv-6r4h-3vj9", Go, "github.com/Azure/azure-sdk-for-go/sdk/azidentity", "v1.5.2", "v1.6.0"],
        ["GHSA-pjwm-rvh2-c87w", Npm, "ua-parser-js", "0.7.29 0.8.0 1.0.0", "0.7.28 0.7.30 0.8.1 1.0.1"],
        ["GHSA-v778-237x-gjrc", Go, "golang.org/x/crypto", "v0.30.0 v0.0.0-20200622213623-75b288015ac9", "v0.31.0"],
        ["GHSA-wf5p-g6vw-rhxx", Npm, "axios", "0.8.1 0.27.2 1.5.1", "0.8.0 0.28.0 1.6.0"],
        ["GHSA-xvch-5gv4-984h", Npm, "minimist", "0.2.3 1.2.5", "0.2.4 1.2.6"],
        ["GO-2020-0017", Go, "github.com/dgrijalva/jwt-go", "v3.2.0+incompatible v0.0.0-20150717181359-44718f8a89b0", "v0.0.0-20150101000000-aaaaaaaaaaaa"],
        ["GO-2020-0017", Go, "github.com/dgrijalva/jwt-go/v4", "v4.0.0-alpha1", "v4.0.0-preview1 v4.0.0"],
        ["GO-2020-0036", Go, "gopkg.in/yaml.v2", "v2.2.7", "v2.2.8 v2.4.0"],
        ["GO-2020-0036", Go, "github.com/go-yaml/yaml", "v2.1.0+incompatible", ""],
        ["GO-2022-0603", Go, "gopkg.in/yaml.v3", "v3.0.0-20210107192922-496545a6307b", "v3.0.0-20220521103104-8f96da9f5d5e v3.0.1"],
        ["GO-2022-0617", Go, "k8s.io/kubernetes", "", "v1.18.0 v1.30.0"],
        ["GO-2023-2153", Go, "google.golang.org/grpc", "v1.56.2 v1.57.0 v1.58.2", "v1.56.3 v1.57.1 v1.58.3 v1.60.0"],
        ["GO-2024-2611", Go, "google.golang.org/protobuf", "v1.32.0", "v1.33.0"],
        ["GO-2024-2978", Go, "google.golang.org/grpc", "v1.64.0", "v1.63.2 v1.64.1"],
        ["GO-2025-3553", Go, "github.com/golang-jwt/jwt", "v3.2.2+incompatible", ""],
        ["GO-2025-3553", Go, "github.com/golang-jwt/jwt/v4", "v4.5.1", "v4.5.2"],
        ["GO-2025-3553", Go, "github.com/golang-jwt/jwt/v5", "v5.0.0-rc.1 v5.2.1", "v5.2.2"],
        ["PYSEC-2018-28", PyPI, "requests", "0.2.0 2.19.1", "2.20.0 2.31.0"],
        ["PYSEC-2021-142", PyPI, "PyYAML", "3.10 5.3.1 5.4b1", "5.4 6.0"],
        ["PYSEC-2021-59", PyPI, "urllib3", "1.26.0 1.26.3", "1.25.11 1.26.4"],
        ["PYSEC-2021-66", PyPI, "Jinja2", "2.0 2.11.2", "2.11.3 3.0.0"],
        ["PYSEC-2022-42986", PyPI, "certifi", "2017.11.5 2022.9.24", "2017.7.27 2022.12.7"],
        ["PYSEC-2022-48", PyPI, "protobuf", "3.14.0", "3.15.0"],
        ["PYSEC-2023-192", PyPI, "urllib3", "1.26.16 2.0.0 2.0.5", "1.26.17 2.0.6"],
        ["PYSEC-2023-212", PyPI, "urllib3", "1.26.17 2.0.6", "1.26.18 2.0.7"],
        ["PYSEC-2023-74", PyPI, "requests", "2.3.0 2.30.0", "2.2.1 2.31.0"],
    ];

    [TestCaseSource(nameof(Cases))]
    public void A_record_finds_what_is_affected_and_nothing_else(string id, PackageEcosystem ecosystem, string name, string affected, string sound)
    {
        var advisory = Read(id);
        foreach (var version in Words(affected)) Found(advisory, ecosystem, name, version).Should().BeTrue($"{name} {version} is affected");
        foreach (var version in Words(sound)) Found(advisory, ecosystem, name, version).Should().BeFalse($"{name} {version} is not affected");
    }

    [Test]
    public void The_table_names_every_record()
    {
        var folder = Path.GetDirectoryName(SharedData.Find("osv/GO-2022-0617.json"))!;
        Cases.Select(static c => (string)c[0]).Distinct().Should().BeEquivalentTo(Directory.EnumerateFiles(folder, "*.json").Select(static f => Path.GetFileNameWithoutExtension(f)));
    }

    [Test]
    public void The_database_has_all_records_and_no_damage()
    {
        var database = AdvisoryDatabase.Open(Path.GetDirectoryName(SharedData.Find("osv/GO-2022-0617.json"))!, CancellationToken.None);
        database.Count.Should().Be(33);
        database.Damage.Should().BeEmpty();
        database.Date.At(DateTimeOffset.MaxValue.AddDays(-2)).Should().BeAfter(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), "the newest record is of that year");
        database.About(PackageKey.Of(NuGet, "SYSTEM.TEXT.JSON")).Select(static a => a.Id).Should().BeEquivalentTo("GHSA-8g4q-xg66-9fp4", "GHSA-hh2w-p6rv-4g7w");
    }

    [TestCase("GHSA-5crp-9r3c-p9vr", NuGet, "Newtonsoft.Json", "12.0.3", "13.0.1")]
    [TestCase("GHSA-98g6-xh36-x2p7", NuGet, "Microsoft.Data.SqlClient", "2.1.0", "2.1.7")]
    [TestCase("PYSEC-2023-192", PyPI, "urllib3", "1.26.1", "1.26.17")]
    [TestCase("GO-2020-0036", Go, "github.com/go-yaml/yaml", "v2.1.0", null)]
    [TestCase("GHSA-35jh-r3h4-6jhm", Npm, "lodash.template", "4.5.0", null)]
    public void The_fix_is_the_lowest_version_that_mends_it(string id, PackageEcosystem ecosystem, string name, string version, string? fix)
        => AdvisoryMatcher.Match(new ResolvedPackage(ecosystem, name, version, "test"), [Read(id)!], []).Single().FixedIn.Should().Be(fix);

    [TestCase("GHSA-pjwm-rvh2-c87w", AdvisorySeverity.Critical)]
    [TestCase("GHSA-75v8-2h7p-7m2m", AdvisorySeverity.Low)]
    [TestCase("PYSEC-2023-192", AdvisorySeverity.High)]
    [TestCase("PYSEC-2023-212", AdvisorySeverity.Moderate)]
    [TestCase("GO-2024-2611", AdvisorySeverity.Unknown)]
    public void The_severity_is_the_word_of_the_record_or_its_score(string id, AdvisorySeverity severity) => Read(id)!.Severity.Should().Be(severity);

    private static bool Found(Advisory? advisory, PackageEcosystem ecosystem, string name, string version)
    {
        var unresolved = new UnresolvedSentences();
        var matches = AdvisoryMatcher.Match(new ResolvedPackage(ecosystem, name, version, "test"), advisory is null ? [] : [advisory], unresolved);
        unresolved.Should().BeEmpty();
        return matches.Count > 0;
    }

    private static string[] Words(string versions) => versions.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static Advisory? Read(string id) => AdvisoryReader.Read(File.ReadAllBytes(SharedData.Find($"osv/{id}.json"))).Advisory;
}
