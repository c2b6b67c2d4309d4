using System.Resources;

namespace CloudSage.IntegrationTests.Harness;

/// <summary>Compiles satellite assemblies.</summary>
internal static class Satellite
{
    public static byte[] Build(string assembly, string baseName, string culture, params IReadOnlyList<(string Key, string Text)> texts)
    {
        using var stream = new MemoryStream();
        using (var writer = new ResourceWriter(stream))
        {
            foreach (var (key, text) in texts) writer.AddResource(key, text);
            writer.Generate();
            var resources = new Dictionary<string, byte[]> { [$"{baseName}.{culture}.resources"] = stream.ToArray() };
            return FixtureCompiler.Compile(
                $"{assembly}.resources", $"""[assembly: System.Reflection.AssemblyCulture("{culture}")]""", new Version(1, 0, 0, 0), resources: resources);
        }
    }
}
