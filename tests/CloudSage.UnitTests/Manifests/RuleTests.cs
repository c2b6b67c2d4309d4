using CloudSage.PluginHost;

namespace CloudSage.UnitTests.Manifests;

/// <summary>Every rule beyond identity, bad: code, line and column. What is good is in the full manifest of ManifestReaderTests.</summary>
public sealed class RuleTests
{
    [TestCase("foo: 1\n", "CSG1112(5,1)")]
    [TestCase("runtime: { langauge: python }\n", "CSG1112(5,12)")]
    [TestCase("limits: 5\n", "CSG1113(5,9)")]
    [TestCase("cloud: [aws, azure]\n", "CSG1113(5,8)")]
    [TestCase("permissions:\n  - \n", "CSG1113(6,4)")]
    [TestCase("cloud: {[a]: b}\n", "CSG1113(5,8)", "CSG1113(5,9)")]
    [TestCase("commands: [{ name: x, input_schema: 5 }]\n", "CSG1113(5,37)")]
    [TestCase("triggers: [sometimes]\n", "CSG1113(5,12)")]
    [TestCase("dependencies:\n  - version: 1.0.0\n", "CSG1114(6,5)")]
    [TestCase("platforms: [{ arch: x64 }]\n", "CSG1114(5,13)")]
    [TestCase("entry_type: My Type\n", "CSG1124(5,13)")]
    [TestCase("entry_type: 'A.B, Assembly'\n", "CSG1124(5,13)")]
    [TestCase("isolation: jail\n", "CSG1125(5,12)")]
    [TestCase("activation: soon\n", "CSG1125(5,13)")]
    [TestCase("update: { auto: always }\n", "CSG1125(5,17)")]
    [TestCase("runtime: { framing: xml }\n", "CSG1125(5,21)")]
    [TestCase("api_version: cloudsage/v2\n", "CSG1125(5,14)")]
    [TestCase("environments: { production: { supported: yes } }\n", "CSG1126(5,42)")]
    [TestCase("limits: { memory_mb: lots }\n", "CSG1127(5,22)")]
    [TestCase("limits: { memory_mb: 0 }\n", "CSG1127(5,22)")]
    [TestCase("limits: { pids: 1.5 }\n", "CSG1127(5,17)")]
    [TestCase("limits: { cpu: NaN }\n", "CSG1127(5,16)")]
    [TestCase("limits: { max_concurrency: 99999999999 }\n", "CSG1127(5,28)")]
    [TestCase("limits: { timeout: 30 }\n", "CSG1128(5,20)")]
    [TestCase("limits: { shutdown: 0s }\n", "CSG1128(5,21)")]
    [TestCase("health: { interval: -5s }\n", "CSG1128(5,21)")]
    [TestCase("restart: { window: 31d }\n", "CSG1128(5,20)")]
    [TestCase("description: \"\\e[2J\"\n", "CSG1129(5,14)")]
    [TestCase("environments: { \"a\\eb\": { supported: true } }\n", "CSG1129(5,17)")]
    [TestCase("permissions: [ReadCostDate]\n", "CSG1130(5,15)")]
    [TestCase("permissions:\n  - { name: RootAccess, reason: why not }\n", "CSG1130(6,13)")]
    [TestCase("permissions: [ReadCostData, ReadCostData]\n", "CSG1131(5,29)")]
    [TestCase("extension_points: [AlertHandler, alert-handler]\n", "CSG1131(5,34)")]
    [TestCase("commands: [run, Run]\n", "CSG1131(5,17)")]
    [TestCase("dependencies: [rates, rates]\n", "CSG1131(5,23)")]
    [TestCase("platforms: [linux, { os: linux }]\n", "CSG1131(5,26)")]
    [TestCase("engine: newest\n", "CSG1132(5,9)")]
    [TestCase("engine: '>2 <1'\n", "CSG1132(5,9)")]
    [TestCase("dependencies: [{ name: rates, version: '[2.0,1.0]' }]\n", "CSG1132(5,40)")]
    [TestCase("dependencies: [sample]\n", "CSG1133(5,16)")]
    [TestCase("dependencies: [../x]\n", "CSG1120(5,16)")]
    [TestCase("triggers:\n  - schedule: '0 6 * * *'\n    event: x\n", "CSG1134(6,5)")]
    [TestCase("triggers:\n  - command: run\n", "CSG1134(6,5)")]
    [TestCase("triggers:\n  - manual: false\n", "CSG1134(6,5)")]
    [TestCase("triggers:\n  - schedule: every day\n", "CSG1135(6,15)")]
    [TestCase("triggers:\n  - schedule: '* * * * * * *'\n", "CSG1135(6,15)")]
    [TestCase("triggers:\n  - schedule: '0 0 30 2 *'\n", "CSG1135(6,15)")]
    [TestCase("triggers:\n  - schedule: '0 6 * * *'\n    timezone: Europe/Berln\n", "CSG1136(7,15)")]
    [TestCase("triggers:\n  - schedule: '0 6 * * *'\n    timezone: ../../etc/passwd\n", "CSG1136(7,15)")]
    [TestCase("triggers:\n  - manual: true\n    timezone: UTC\n", "CSG1137(7,15)")]
    [TestCase("triggers:\n  - manual: true\n    filter: { a: b }\n", "CSG1137(7,5)")]
    [TestCase("commands: [refresh]\ntriggers:\n  - { manual: true, command: refesh }\n", "CSG1138(7,30)")]
    [TestCase("extension_points: [AlertHandlr]\n", "CSG1140(5,20)")]
    [TestCase("commands: ['rm -rf']\n", "CSG1141(5,12)")]
    [TestCase("platforms: [{ os: linux, hash: sha256:12 }]\n", "CSG1142(5,32)")]
    [TestCase("platforms: [{ os: linux, entry_point: ../x }]\n", "CSG1123(5,39)")]
    [TestCase("network: { allowed_hosts: ['https://api.example.com/v1'] }\n", "CSG1143(5,28)")]
    [TestCase("network: { allowed_hosts: ['*'] }\n", "CSG1143(5,28)")]
    [TestCase("filesystem: [data/../../etc]\n", "CSG1144(5,14)")]
    [TestCase("homepage: javascript:alert(1)\n", "CSG1145(5,11)")]
    [TestCase("configuration: { 9x: { type: string } }\n", "CSG1150(5,18)")]
    [TestCase("configuration: { x: { type: text } }\n", "CSG1125(5,29)")]
    [TestCase("configuration: { x: { type: string, minimum: 1 } }\n", "CSG1150(5,46)")]
    [TestCase("configuration: { x: { type: number, minimum: 2, maximum: 1 } }\n", "CSG1150(5,58)")]
    [TestCase("configuration: { x: { type: integer, enum: [1, two] } }\n", "CSG1150(5,48)")]
    [TestCase("configuration: { type: object, properties: { x: {} }, required: [y] }\n", "CSG1150(5,66)")]
    [TestCase("configuration: { x: { type: integer, default: 1.5 } }\n", "CSG1151(5,47)")]
    [TestCase("configuration: { x: { type: boolean, default: yes } }\n", "CSG1151(5,47)")]
    [TestCase("configuration: { x: { type: number, default: 2, maximum: 1 } }\n", "CSG1151(5,46)")]
    [TestCase("configuration: { x: { enum: [a, b], default: c } }\n", "CSG1151(5,46)")]
    [TestCase("configuration: { a-b: {}, a_b: {} }\n", "CSG1111(5,27)")]
    public void Faults_are_found_at_their_place(string rest, params string[] expected)
    {
        Reading.Faults(rest).Should().Equal(expected);
        Reading.Read(Reading.Head + rest).Findings.Should().OnlyContain(f => !f.ToString().Any(char.IsControl));
    }

    [TestCase("permisions: [ReadCostData]\n", "Did you mean 'permissions'?")]
    [TestCase("entryPoint: x.dll\n", "Did you mean 'entry_point'?")]
    [TestCase("permissions: [readcostdata]\n", "Did you mean 'ReadCostData'?")]
    [TestCase("permissions: [RaedCostData]\n", "Did you mean 'ReadCostData'?")]
    [TestCase("extension_points: [AlertHandlr]\n", "Did you mean 'AlertHandler'?")]
    [TestCase("isolation: proces\n", "Did you mean 'process'?")]
    [TestCase("limits: { timeout: 30 }\n", "Add the unit, such as 30s.")]
    [TestCase("network: { allowed_hosts: ['https://api.example.com/v1'] }\n", "Write 'api.example.com'.")]
    [TestCase("triggers:\n  - { schedule: '0 6 * * *', timezone: Europe/Berln }\n", "Did you mean 'Europe/Berlin'?")]
    [TestCase("environments: { production: { supported: no } }\n", "Write false.")]
    [TestCase("isolation: vault\n", "Write one of: container, none, process, sandbox.")]
    public void Remedies_say_what_to_write(string rest, string remedy)
        => Reading.Read(Reading.Head + rest).Findings.Should().ContainSingle().Which.Remedy.Should().Be(remedy);

    [Test]
    public void A_secret_with_a_default_is_a_warning_that_does_not_repeat_it()
    {
        var result = Reading.Read(Reading.Head + "configuration: { token: { secret: true, default: hunter2 } }\n");

        result.Value!.Configuration["token"].Default.Should().Be("hunter2");
        var warning = result.Findings.Should().ContainSingle().Subject;
        Reading.Place(warning).Should().Be("CSG1152(5,50)");
        warning.Severity.Should().Be(FindingSeverity.Warning);
        warning.ToString().Should().NotContain("hunter2");
    }

    [Test]
    public void A_wrong_default_of_a_secret_is_not_repeated_either()
        => Reading.Read(Reading.Head + "configuration: { token: { type: integer, secret: true, default: hunter2 } }\n")
            .Findings.Should().HaveCount(2).And.OnlyContain(f => !f.ToString().Contains("hunter2"));

    [TestCase("'*/5 * * * *'")]
    [TestCase("'30 0 6 * * MON'")]
    [TestCase("'@daily'")]
    public void Schedules_of_five_and_six_fields_pass(string schedule)
        => Reading.Good(Reading.Head + $"triggers: [{{ schedule: {schedule} }}]\n").Triggers.Should().ContainSingle();
}
