namespace CloudSage.IntegrationTests.Loading;

/// <summary>What a plugin brings is its own: versions, native libraries, cultures, whatever the host or a neighbour has.</summary>
internal sealed class PrivateLibraryTests : HostTests
{
    [Test]
    public async Task Three_versions_of_one_library_work_side_by_side()
    {
        foreach (var version in (string[])["12.0.3", "13.0.1", "13.0.3"])
            Plugins.Add(PluginFiles.Read($"json-user-{version.Replace('.', '-')}", BuiltFixtures.JsonUser(version)));
        await using var host = await StartAsync();

        (await host.AskAsync("json-user-12-0-3")).Should().Be("""12.0.3.23909 {"answer":42}""");
        (await host.AskAsync("json-user-13-0-1")).Should().Be("""13.0.1.25517 {"answer":42}""");
        (await host.AskAsync("json-user-13-0-3")).Should().Be("""13.0.3.27908 {"answer":42}""");
    }

    [Test]
    public async Task A_native_library_is_found_by_name_and_by_file_name()
    {
        Plugins.Add(PluginFiles.Read("sqlite-user", BuiltFixtures.SqliteUser));
        await using var host = await StartAsync();

        (await host.AskAsync("sqlite-user")).Should().Be("42");
        int.Parse((await host.AskAsync("sqlite-user", "by-file-name"))!, System.Globalization.CultureInfo.InvariantCulture).Should().BeGreaterThan(3_000_000);
    }

    [TestCase("de", "Guten Tag")]
    [TestCase("fr", "Bonjour")]
    [TestCase("de-AT", "Guten Tag")]
    [TestCase("ja", "Hello")]
    public async Task Satellite_assemblies_speak_their_culture(string culture, string greeting)
    {
        Plugins.Add(PluginFiles.Read("localized", BuiltFixtures.Localized));
        await using var host = await StartAsync();

        (await host.AskAsync("localized", input: ("culture", culture))).Should().Be(greeting);
    }

    [Test]
    public async Task A_library_for_netstandard_works()
    {
        Plugins.Add(PluginFiles.Read("netstandard-user", BuiltFixtures.NetStandardUser));
        await using var host = await StartAsync();

        (await host.AskAsync("netstandard-user")).Should().Be("HELLO PLUGIN");
    }

    [TestCase(".NETCoreApp,Version=v3.1")]
    [TestCase(".NETCoreApp,Version=v8.0")]
    [TestCase(".NETStandard,Version=v2.0")]
    public async Task A_plugin_for_an_older_framework_works(string framework)
    {
        Plugins.Add(new PluginSource("older") { TargetFramework = framework });
        await using var host = await StartAsync();

        (await host.AskAsync("older")).Should().Be("1.0.0");
    }

    [Test]
    public async Task A_library_beside_the_plugin_is_preferred_to_the_hosts_own()
    {
        // The host has YamlDotNet, of another version and without such a type.
        Plugins.Add(Using("YamlDotNet", new Version(99, 0, 0, 0)));
        await using var host = await StartAsync();

        (await host.AskAsync("user")).Should().Be("99.0.0.0");
    }

    [Test]
    public async Task A_plugin_built_against_a_lower_version_than_it_ships_gets_what_it_ships()
    {
        var built = Using("Part", new Version(1, 0, 0, 0)).Build();
        Plugins.Add(built.With("Part.dll", Library("Part", new Version(1, 5, 0, 0)).Build()));
        await using var host = await StartAsync();

        (await host.AskAsync("user")).Should().Be("1.5.0.0");
    }

    [Test]
    public async Task A_plugin_built_against_a_higher_version_than_it_ships_is_refused_before_it_starts()
    {
        var built = Using("Part", new Version(2, 0, 0, 0)).Build();
        Plugins.Add(built.With("Part.dll", Library("Part", new Version(1, 0, 0, 0)).Build()));
        await using var host = await StartAsync();

        var status = host.Find("user")!;
        status.State.Should().Be(PluginState.Rejected);
        status.Findings.Should().Contain(static f => f.Code == "CSG1342" && f.Message.Contains("Part"));
        PluginMemory.LoadedFrom(Place.Store).Should().BeEmpty();
    }

    [Test]
    public async Task A_library_that_is_neither_shipped_nor_the_hosts_is_named_before_the_start()
    {
        Plugins.Add(Using("Absent", new Version(1, 0, 0, 0)).Build().Without("Absent.dll"));
        await using var host = await StartAsync();

        var status = host.Find("user")!;
        status.State.Should().Be(PluginState.Rejected);
        status.Findings.Should().Contain(static f => f.Code == "CSG1341" && f.Message.Contains("Absent"));
        PluginMemory.LoadedFrom(Place.Store).Should().BeEmpty();
    }

    [Test]
    public async Task A_library_that_a_neighbour_ships_is_not_found()
    {
        Plugins.Add(Using("Part", new Version(1, 0, 0, 0)));
        Plugins.Add((Using("Part", new Version(1, 0, 0, 0)) with { Name = "poor", AssemblyName = "poor" }).Build().Without("Part.dll"));
        await using var host = await StartAsync();

        (await host.AskAsync("user")).Should().Be("1.0.0.0");
        host.Find("poor")!.State.Should().Be(PluginState.Rejected);
    }

    [Test]
    public async Task Code_goes_on_running_and_finds_its_libraries_when_its_folder_is_gone()
    {
        Plugins.Add(Using("Part", new Version(1, 0, 0, 0)) with
        {
            Parameters = "IGate gate",
            Execute = """await gate.WaitAsync("in call", cancellationToken); return new CommandResult(true, Late()); [MethodImpl(MethodImplOptions.NoInlining)] static string Late() => Part.Self.Version();""",
        });
        await using var host = await StartAsync();
        var call = host.CallAsync("user");
        await host.Gate.ReachedAsync("in call");

        Plugins.Delete("user");
        await host.BecomesAsync("user", PluginState.Draining);
        host.Gate.Open("in call");

        (await call).Value.Should().Be("1.0.0.0", "the library was loaded for the first time after its folder was deleted");
    }

    [Test]
    public async Task What_is_loaded_is_what_was_staged_though_the_folder_changes_before_the_load()
    {
        const string report = """gate.Reach(CodeVersion + " as " + context.Version);""";
        PluginSource Racing(string version) => new("racing") { Version = version, Parameters = "IGate gate, PluginContext context", Start = report };
        Plugins.Add(new PluginSource("blocker") { Parameters = "IGate gate", Start = """await gate.WaitAsync("start", cancellationToken);""" });
        await using var host = await StartAsync(static o => (o.Lifecycle.MaxParallelStarts, o.StartupWait) = (1, TimeSpan.Zero));
        await host.Gate.ReachedAsync("start");
        Plugins.Add(Racing("1.0.0"));
        await host.BecomesAsync("racing", PluginState.Verified, "1.0.0");

        Plugins.Overwrite(Racing("2.0.0").Build());
        host.Gate.Open("start");

        await host.BecomesAsync("racing", PluginState.Active, "2.0.0");
        host.Gate.Reached.Where(static r => r.Contains(" as ")).Should().BeSubsetOf(["1.0.0 as 1.0.0", "2.0.0 as 2.0.0"]);
    }

    [Test]
    public async Task Nothing_of_a_plugin_gets_into_the_default_load_context()
    {
        Plugins.Add(Using("Part", new Version(1, 0, 0, 0)));
        await using var host = await StartAsync();
        (await host.AskAsync("user")).Should().Be("1.0.0.0");

        PluginMemory.LoadedFrom(Place.Store).Should().HaveCount(2, "plugin and library are in memory, loaded from the store");
        System.Runtime.Loader.AssemblyLoadContext.Default.Assemblies.Select(static a => a.GetName().Name).Should().NotContain(["user", "Part"]);
    }

    [Test]
    public async Task Looking_again_and_again_loads_nothing_twice()
    {
        Plugins.Add(new PluginSource("user") { Parameters = "IGate gate", Start = """gate.Reach("started");""" });
        await using var host = await StartAsync();

        for (var i = 0; i < 5; i++) await host.SynchronizeAsync();

        host.Gate.Reached.Should().Equal("started");
    }

    private static PluginSource Using(string library, Version version) => new("user")
    {
        Execute = $"return new CommandResult(true, {library}.Self.Version());",
        Libraries = [Library(library, version)],
    };

    private static LibrarySource Library(string name, Version version)
        => new(name, $$"""namespace {{name}}; public static class Self { public static string Version() => typeof(Self).Assembly.GetName().Version.ToString(); }""") { Version = version };
}
