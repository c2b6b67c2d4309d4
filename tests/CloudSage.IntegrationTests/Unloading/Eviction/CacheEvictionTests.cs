using CloudSage.PluginHost.Unloading.Eviction;

namespace CloudSage.IntegrationTests.Unloading.Eviction;

/// <summary>
/// Each cause keeps a plugin in memory without its evictor and no more with it, while a neighbour and the host use the same cache. What
/// stayed is freed by a later eviction, so that no test leaves anything behind.
/// </summary>
internal sealed class CacheEvictionTests : IDisposable
{
    private const int Few = 3;

    private readonly Evictors _evictors = new();

    public void Dispose() => _evictors.Dispose();

    [TestCase(typeof(JsonEvictor), "return System.Text.Json.JsonSerializer.Serialize(new Entry { Name = name });",
        TestName = "Json_contracts_of_the_default_options_are_evicted")]
    [TestCase(typeof(JsonEvictor), "return System.Text.Json.JsonSerializer.Serialize(new Entry { Name = name }, new System.Text.Json.JsonSerializerOptions { WriteIndented = true });",
        TestName = "Json_accessors_made_for_a_plugins_own_options_are_evicted")]
    [TestCase(typeof(JsonEvictor), "return System.Text.Json.JsonSerializer.Deserialize<List<Dictionary<string, Entry[]>>>(\"[{\\\"\" + name + \"\\\":[{}]}]\")[0].Keys.Single();",
        TestName = "Json_contracts_of_collections_of_a_plugins_types_are_evicted")]
    [TestCase(typeof(TypeDescriptorEvictor), "return name + TypeDescriptor.GetConverter(typeof(Entry)).GetType().Name + TypeDescriptor.GetProperties(typeof(Entry)).Count + TypeDescriptor.GetEvents(new List<Entry>()).Count;",
        TestName = "Type_descriptors_are_evicted")]
    [TestCase(typeof(TypeDescriptorEvictor), "TypeDescriptor.AddAttributes(typeof(Entry), new DescriptionAttribute(name)); return ((DescriptionAttribute)TypeDescriptor.GetAttributes(typeof(Entry))[typeof(DescriptionAttribute)]).Description;",
        TestName = "Attributes_added_to_a_plugins_type_are_evicted")]
    [TestCase(typeof(TypeDescriptorEvictor), "var on = new object(); keep.Add(on); TypeDescriptor.AddAttributes(on, new Mark()); return name + TypeDescriptor.GetAttributes(on).OfType<Mark>().Count(); } private static readonly List<object> keep = new(); private class Mark : Attribute {",
        TestName = "Attributes_of_a_plugins_own_added_to_an_object_are_evicted")]
    [TestCase(typeof(TypeDescriptorEvictor), "TypeDescriptor.AddProvider(new Described(), typeof(Version)); return name + (TypeDescriptor.GetProvider(typeof(Version)) != null); } private class Described : TypeDescriptionProvider {",
        TestName = "Providers_of_a_plugins_own_for_a_type_of_the_hosts_are_evicted")]
    [TestCase(typeof(AnnotationsEvictor), "var found = new List<ValidationResult>(); var entry = new Entry(); Validator.TryValidateObject(entry, new ValidationContext(entry), found, true); return name + found.Count;",
        TestName = "Validation_attributes_are_evicted")]
    [TestCase(typeof(XmlSerializerEvictor), "var xml = new StringWriter(); new XmlSerializer(typeof(Entry)).Serialize(xml, new Entry { Name = name, Inner = new() { new() } }); return xml.ToString();",
        TestName = "Xml_serializers_are_evicted")]
    [TestCase(typeof(DataContractEvictor), "var to = new MemoryStream(); new DataContractSerializer(typeof(List<Entry>)).WriteObject(to, new List<Entry> { new() { Name = name } }); return Text(to);",
        TestName = "Data_contracts_of_lists_are_evicted")]
    [TestCase(typeof(DataContractEvictor), "var to = new MemoryStream(); new DataContractJsonSerializer(typeof(Entry)).WriteObject(to, new Entry { Name = name }); return Text(to);",
        TestName = "Data_contracts_of_json_are_evicted")]
    [TestCase(typeof(DispatchProxyEvictor), "return DispatchProxy.Create<IGreet, Proxy>().Greet(name); } public interface IGreet { string Greet(string name); } public class Proxy : DispatchProxy { protected override object Invoke(MethodInfo method, object[] arguments) => arguments[0];",
        TestName = "Dispatch_proxies_are_evicted")]
    [TestCase(typeof(AppContextEvictor), "AppContext.SetData(\"entry of \" + RuntimeHelpers.GetHashCode(typeof(Use)), new Entry { Name = name }); return name;",
        TestName = "Objects_in_the_AppContext_are_evicted")]
    [TestCase(typeof(DynamicBinderEvictor), "dynamic entry = new Entry { Name = name }; entry.Inner = new List<Entry> { entry }; return entry.Inner[0].Name + name.Length;",
        TestName = "Dynamic_calls_of_a_plugins_types_are_evicted")]
    [TestCase(typeof(DynamicBinderEvictor), "dynamic bag = new System.Dynamic.ExpandoObject(); bag.Name = name; bag.Same = (Func<string, string>)(x => x); return bag.Same(bag.Name);",
        TestName = "Dynamic_call_sites_of_a_plugins_are_evicted")]
    [TestCase(typeof(DynamicBinderEvictor), "dynamic secret = new Secret(); return secret.Hidden(name) + secret.Box.Value; } private class Secret { internal string Hidden(string x) => x; internal Box<int?> Box = new(); } internal struct Box<T> { public T Value;",
        TestName = "Dynamic_calls_of_private_and_generic_types_are_evicted")]
    [TestCase(typeof(ExpressionsEvictor), "Expression<Func<Secret, string>> call = x => x.Same(name) + x.Field; return call.Compile(preferInterpretation: true)(new Secret()); } public class Secret { public string Field = \"f\"; public string Same(string x) => x;",
        TestName = "Interpreted_expressions_are_evicted")]
    [TestCase(typeof(ComponentCachesEvictor), "return name + LicenseManager.IsValid(typeof(Entry));",
        TestName = "Licences_are_evicted")]
    [TestCase(typeof(ComponentCachesEvictor), "return name + TypeDescriptor.GetAttributes(typeof(string))[typeof(Mark)]; } private class Mark : Attribute { public static readonly Mark Default = new();",
        TestName = "Attribute_defaults_of_a_plugins_own_asked_of_a_type_of_the_hosts_are_evicted")]
    [TestCase(typeof(RequestPrefixEvictor), "System.Net.WebRequest.RegisterPrefix(\"tenant\" + RuntimeHelpers.GetHashCode(typeof(Use)) + \":\", new Maker()); return name; } private class Maker : System.Net.IWebRequestCreate { public System.Net.WebRequest Create(Uri uri) => null;",
        TestName = "Web_request_prefixes_are_evicted")]
    [TestCase(typeof(DataTableEvictor), "var table = new System.Data.DataTable(); table.Columns.Add(name, typeof(Entry)); return table.Columns[0].ColumnName + table.Columns[0].DataType.Name;",
        TestName = "Types_of_data_columns_are_evicted")]
    [TestCase(typeof(OwnHandlesEvictor), "own ??= new Own(); own.Table.AddOrUpdate(typeof(string), new Entry()); return name; } private static Own own; private class Own { public readonly ConditionalWeakTable<object, object> Table = new();",
        TestName = "Weak_tables_of_a_plugins_own_objects_are_evicted")]
    [TestCase(typeof(OwnHandlesEvictor), "if (!note.IsAllocated) note = new System.Runtime.DependentHandle(typeof(string), new Entry()); return name; } private static System.Runtime.DependentHandle note; private class Other {",
        TestName = "Dependent_handles_of_a_plugins_own_are_evicted")]
    [TestCase(typeof(OwnHandlesEvictor), "own ??= new Own(); return name + own.Note.IsAllocated; } private static Own own; private class Own { public System.Runtime.DependentHandle Note = new(typeof(string), new Entry());",
        TestName = "Dependent_handles_of_a_plugins_own_objects_are_evicted")]
    [TestCase(typeof(OwnStaticsEvictor), "table.AddOrUpdate(typeof(string), new[] { new Entry() }); return name; } private static readonly ConditionalWeakTable<object, object> table = new(); private class Other {",
        TestName = "Weak_tables_of_a_plugins_own_with_keys_of_the_runtimes_are_evicted")]
    [TestCase(typeof(OwnStaticsEvictor), "local.Value ??= new Entry(); return name; } private static readonly ThreadLocal<object> local = new(); private class Other {",
        TestName = "Thread_locals_of_a_plugins_own_are_evicted")]
    public async Task Is_evicted(Type evictor, string use)
    {
        var image = Tenant.Compile(use);
        var pinned = Used(image).Leave(_evictors.Without(evictor));
        pinned.IsGone(Few).Should().BeFalse("nothing but {0} frees it", evictor.Name);

        var neighbour = Used(image);
        var expected = neighbour.Run("same");
        await MeanwhileAsync([neighbour, Tenant.Host(image)], expected, async () =>
        {
            var freed = Used(image).Leave(_evictors.Full);
            freed.Findings.Should().BeEmpty();
            freed.Evicted.Sum(static e => e.Count).Should().BePositive();
            await freed.GoneAsync($"it was freed of {string.Join(", ", freed.Evicted.Select(static e => e.Cause))}");
        });

        neighbour.Run("same").Should().Be(expected);
        await neighbour.Leave(_evictors.Full).GoneAsync();
        pinned.Retry(_evictors.Full);
        await pinned.GoneAsync("a second eviction frees what the first left");
    }

    private static Tenant Used(byte[] image)
    {
        var tenant = Tenant.Load(image);
        tenant.Run("first");
        return tenant;
    }

    /// <summary>Runs an action while others use the same cache without a pause, and get what they should.</summary>
    private static async Task MeanwhileAsync(IReadOnlyList<Tenant> others, string expected, Func<Task> action)
    {
        using var end = new CancellationTokenSource();
        var running = others.Select(o => Task.Run(() => UseUntil(o, expected, end.Token))).ToArray();
        try
        {
            await action();
        }
        finally
        {
            await end.CancelAsync();
        }

        (await Task.WhenAll(running)).Should().AllSatisfy(static wrong => wrong.Should().BeNull());
    }

    /// <summary>Returns the first wrong answer as text.</summary>
    private static string? UseUntil(Tenant tenant, string expected, CancellationToken end)
    {
        do
        {
            if (tenant.Run("same") is var answer && answer != expected) return answer;
        }
        while (!end.IsCancellationRequested);
        return null;
    }
}
