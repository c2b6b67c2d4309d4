using System.Text.Json.Serialization;
using CloudSage.PluginHost.Hosting;
using CloudSage.PluginHost.NuGet;
using CloudSage.PluginHost.Triggers;

namespace CloudSage.Cli.Rendering;

/// <summary>How results are written for programs.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(PluginInventory))]
[JsonSerializable(typeof(PluginRunResult))]
[JsonSerializable(typeof(Diagnosis))]
[JsonSerializable(typeof(IReadOnlyList<PluginAudit>))]
[JsonSerializable(typeof(RegistrationResult))]
[JsonSerializable(typeof(IReadOnlyList<RegistrationResult>))]
[JsonSerializable(typeof(IReadOnlyList<OutdatedPackage>))]
[JsonSerializable(typeof(CreatedPlugin))]
[JsonSerializable(typeof(PackedPlugin))]
[JsonSerializable(typeof(PluginCheck))]
[JsonSerializable(typeof(PluginChange))]
[JsonSerializable(typeof(FolderCheck))]
[JsonSerializable(typeof(RestoreResult))]
[JsonSerializable(typeof(Refusal))]
internal sealed partial class CliJsonContext : JsonSerializerContext;
