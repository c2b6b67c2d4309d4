using CloudSage.PluginHost.Advisories.Scanning;
using CloudSage.PluginHost.Advisories.Closures;

namespace CloudSage.UnitTests.Advisories;

/// <summary>Which packages a plugin brings, by the files of four ecosystems.</summary>
public sealed class ClosureTests
{
    private string _folder = null!;

    [SetUp]
    public void Create() => _folder = Directory.CreateTempSubdirectory("closure-").FullName;

    [TearDown]
    public void Delete() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Requirements_that_are_pinned_are_packages_and_others_are_unresolved()
    {
        Write("requirements.txt", """
            # what it needs
            requests==2.30.0
            PyYAML [libyaml] == 5.3.1 ; python_version > "3.7"  # old
            urllib3==2.0.5 --hash=sha256:aaaa \
                --hash=sha256:bbbb
            --index-url https://example.com/simple
            -r more/extra.txt
            flask>=2.0
            django
            jinja2==2.*
            git+https://example.com/x.git
            -e ./local
            """);
        Write("more/extra.txt", "certifi===2022.9.24\n");

        var closure = Read("optimizer.py");

        Shown(closure).Should().BeEquivalentTo("PyPI requests 2.30.0", "PyPI PyYAML 5.3.1", "PyPI urllib3 2.0.5", "PyPI certifi 2022.9.24");
        closure.Packages.Single(static p => p.Name == "certifi").Source.Should().Be("more/extra.txt");
        closure.Unresolved.Should().HaveCount(5).And.OnlyContain(static s => s.Contains("is not pinned"));
    }

    [Test]
    public void An_included_file_outside_the_plugin_is_not_read()
    {
        Write("requirements.txt", "-r ../../etc/passwd\n-r requirements.txt\n");
        Read("x.py").Unresolved.Should().ContainSingle().Which.Should().Contain("'../../etc/passwd'").And.Contain("not among the plugin's files");
    }

    [Test]
    public void A_package_lock_of_version_3_names_nested_and_renamed_packages()
    {
        Write("package.json", "{}");
        Write("package-lock.json", """
            { "lockfileVersion": 3, "packages": {
                "": { "name": "plugin", "version": "1.0.0" },
                "node_modules/lodash": { "version": "4.17.20", "resolved": "https://registry.example/lodash-4.17.20.tgz" },
                "node_modules/a/node_modules/@azure/identity": { "version": "4.2.0" },
                "node_modules/alias": { "name": "minimist", "version": "1.2.5" },
                "node_modules/own": { "resolved": "packages/own", "link": true },
                "packages/own": { "version": "0.0.1" },
                "node_modules/tester": { "version": "9.0.0", "dev": true },
                "node_modules/fork": { "version": "1.0.0", "resolved": "git+ssh://git@example.com/fork.git#abc" } } }
            """);

        var closure = Read("index.js");

        Shown(closure).Should().BeEquivalentTo("Npm lodash 4.17.20", "Npm @azure/identity 4.2.0", "Npm minimist 1.2.5");
        closure.Unresolved.Should().ContainSingle().Which.Should().Contain("'fork'");
    }

    [TestCase("package.json", "{}", "has no 'package-lock.json' beside it")]
    [TestCase("package-lock.json", """{ "lockfileVersion": 1, "dependencies": {} }""", "not of lockfileVersion 2 or 3")]
    [TestCase("package-lock.json", "{ broken", "is no JSON")]
    [TestCase("package-lock.json", "[]", "not of lockfileVersion 2 or 3")]
    [TestCase("Plugin.deps.json", "{ broken", "cannot be read")]
    [TestCase("Plugin.deps.json", "[]", "cannot be read")]
    [TestCase("Plugin.deps.json", """{ "targets": { "t": { "A/1": {} } }, "libraries": {} }""", "cannot be read")]
    [TestCase("node_modules/x/index.js", "", "nothing says what is in it")]
    [TestCase("pyproject.toml", "", "has no 'requirements.txt' beside it")]
    [TestCase("go.mod", "module x\ngo 1.22\nrequire gopkg.in/yaml.v2 v2.2.7\n", "has no 'go.sum' beside it")]
    [TestCase("go.mod", "module x\ngo 1.22\nrequire gopkg.in/yaml.v2\n", "is no requirement")]
    [TestCase("go.mod", "module x\ngo 1.22\nreplace gopkg.in/yaml.v2 =>\n", "is no replacement")]
    public void What_names_no_versions_is_unresolved(string file, string text, string reason)
    {
        Write(file, text);
        Read(file.EndsWith(".deps.json", StringComparison.Ordinal) ? "Plugin.dll" : "start").Unresolved.Should().ContainSingle().Which.Should().Contain(reason);
    }

    [Test]
    public void A_go_module_file_names_what_is_required_and_what_replaces_it()
    {
        Write("go.mod", """
            module example.com/plugin // its own name

            go 1.22
            toolchain go1.22.1

            require golang.org/x/crypto v0.30.0
            require (
            	gopkg.in/yaml.v2 v2.2.7 // indirect
            	google.golang.org/grpc v1.58.2
            	example.com/local v0.1.0
            )
            replace google.golang.org/grpc v1.58.2 => google.golang.org/grpc v1.58.3
            replace example.com/local => ./local
            """);
        Write("go.sum", "golang.org/x/crypto v0.30.0 h1:a=\ngolang.org/x/crypto v0.30.0/go.mod h1:b=\ngoogle.golang.org/grpc v1.58.3 h1:c=\n");

        var closure = Read("plugin");

        Shown(closure).Should().BeEquivalentTo("Go stdlib 1.22.1", "Go golang.org/x/crypto v0.30.0", "Go gopkg.in/yaml.v2 v2.2.7", "Go google.golang.org/grpc v1.58.3");
        closure.Unresolved.Should().HaveCount(2)
            .And.Contain(static s => s.Contains("gopkg.in/yaml.v2 v2.2.7") && s.Contains("go.sum"))
            .And.Contain(static s => s.Contains("example.com/local") && s.Contains("./local"));
    }

    [Test]
    public void A_dependency_file_is_held_against_the_assemblies_that_are_there()
    {
        var real = typeof(AdvisoryScanner).Assembly;
        File.Copy(real.Location, Path.Combine(_folder, "Private.dll"));
        File.Copy(real.Location, Path.Combine(_folder, "Exchanged.dll"));
        File.Copy(real.Location, Path.Combine(_folder, "Loose.dll"));
        Write("Plugin.dll", "the plugin's own");
        Write("runtimes/linux-x64/native/libnative.so", "native");
        var version = real.GetName().Version;
        Write("Plugin.deps.json", $$"""
            { "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0" },
              "targets": { ".NETCoreApp,Version=v10.0": {
                "Plugin/1.0.0": { "runtime": { "Plugin.dll": {} } },
                "Private/1.2.3": { "runtime": { "lib/net8.0/Private.dll": { "assemblyVersion": "{{version}}" } } },
                "Exchanged/2.0.0": { "runtime": { "lib/net8.0/Exchanged.dll": { "assemblyVersion": "9.9.9.9" } } },
                "Native/3.0.0": { "runtimeTargets": { "runtimes/linux-x64/native/libnative.so": { "rid": "linux-x64", "assetType": "native" } } },
                "Host.Provided/4.0.0": { "runtime": { "lib/net8.0/Host.Provided.dll": {} } } } },
              "libraries": { "Plugin/1.0.0": { "type": "project" }, "Private/1.2.3": { "type": "package" }, "Exchanged/2.0.0": { "type": "package" },
                "Native/3.0.0": { "type": "package" }, "Host.Provided/4.0.0": { "type": "package" } } }
            """);

        var closure = Read("Plugin.dll");

        Shown(closure).Should().BeEquivalentTo("NuGet Private 1.2.3", "NuGet Exchanged 2.0.0", "NuGet Native 3.0.0");
        closure.Unresolved.Should().HaveCount(2)
            .And.Contain(s => s.Contains("'Exchanged.dll'") && s.Contains("9.9.9.9") && s.Contains(version!.ToString()))
            .And.Contain(static s => s.Contains("'Loose.dll'") && s.Contains("no .deps.json"));
    }

    [TestCase("require(\n\tgopkg.in/yaml.v2 v2.2.7\n)\n")]
    [TestCase("require(\r\n\t\"gopkg.in/yaml.v2\" v2.2.7 // indirect\r\n)\r\n")]
    [TestCase("require(// all of them\n\tgopkg.in/yaml.v2 v2.2.7)\n")]
    [TestCase("require gopkg.in/yaml.v2 v2.2.7// one\n")]
    [TestCase("require `gopkg.in/yaml.v2` v2.2.7\n")]
    public void A_go_module_file_is_read_as_go_reads_it(string requirement)
    {
        Write("go.mod", "module x\n\ngo 1.22\n\n" + requirement);
        Write("go.sum", "gopkg.in/yaml.v2 v2.2.7 h1:a=\n");

        var closure = Read("plugin");

        Shown(closure).Should().Equal("Go gopkg.in/yaml.v2 v2.2.7");
        closure.Unresolved.Should().BeEmpty();
    }

    [Test]
    public void Of_a_go_module_that_is_required_twice_both_versions_are_looked_up()
    {
        Write("go.mod", "module x\ngo 1.22\nrequire (\n\ta.b/c v1.1.0\n\ta.b/c v1.0.0\n)\n");
        Write("go.sum", "a.b/c v1.1.0 h1:a=\na.b/c v1.0.0 h1:a=\n");
        Shown(Read("plugin")).Should().BeEquivalentTo(["Go a.b/c v1.1.0", "Go a.b/c v1.0.0"], "Go builds the higher, whichever comes first");
    }

    [TestCase("go 1.17", true)]
    [TestCase("go 1.21rc1", true)]
    [TestCase("go 2", true)]
    [TestCase("go 1.16", false)]
    [TestCase("go 1", false)]
    [TestCase("go later", false)]
    [TestCase("", false)]
    public void A_go_module_file_that_does_not_list_indirect_modules_does_not_tell_all(string directive, bool isWhole)
    {
        Write("go.mod", $"module x\n{directive}\nrequire gopkg.in/yaml.v2 v2.2.7\n");
        Write("go.sum", "gopkg.in/yaml.v2 v2.2.7 h1:a=\n");

        var closure = Read("plugin");

        Shown(closure).Should().Equal("Go gopkg.in/yaml.v2 v2.2.7");
        if (isWhole) closure.Unresolved.Should().BeEmpty();
        else closure.Unresolved.Should().ContainSingle().Which.Should().Contain("1.17").And.Contain("indirect");
    }

    [TestCase("reference", null)]
    [TestCase("referenceassembly", null)]
    [TestCase("something", null)]
    [TestCase("project", "")]
    [TestCase("package", "NuGet Lib 1.0.0")]
    [TestCase("Package", "NuGet Lib 1.0.0")]
    [TestCase("runtimepack", "NuGet Lib 1.0.0")]
    public void A_library_that_is_there_is_looked_up_or_unresolved_whatever_its_type(string type, string? package)
    {
        var name = type == "runtimepack" ? "runtimepack.Lib" : "Lib";
        Write("Lib.dll", "not to be read");
        Write("Plugin.deps.json", $$"""
            { "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0" },
              "targets": { ".NETCoreApp,Version=v10.0": { "{{name}}/1.0.0": { "runtime": { "Lib.dll": {} } }, "Absent/1.0.0": { "runtime": { "Absent.dll": {} } } } },
              "libraries": { "{{name}}/1.0.0": { "type": "{{type}}" }, "Absent/1.0.0": { "type": "{{type}}" } } }
            """);

        var closure = Read("Plugin.dll");

        Shown(closure).Should().Equal(package is { Length: > 0 } ? [package] : Array.Empty<string>());
        if (package is not null) closure.Unresolved.Should().BeEmpty();
        else closure.Unresolved.Should().ContainSingle().Which.Should().Contain("'Lib.dll'").And.Contain($"'{type}'");
    }

    [Test]
    public void A_plugin_of_one_assembly_brings_nothing()
    {
        Write("Plugin.dll", "the plugin's own");
        var closure = Read("Plugin.dll");
        closure.Packages.Should().BeEmpty();
        closure.Unresolved.Should().BeEmpty();
    }

    private PackageClosure Read(string entryPoint) => PackageClosures.Read(_folder, entryPoint);

    private static IEnumerable<string> Shown(PackageClosure closure) => closure.Packages.Select(static p => $"{p.Ecosystem} {p}");

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
