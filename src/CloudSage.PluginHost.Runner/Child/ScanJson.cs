using System.Text.Json.Serialization;
using CloudSage.PluginHost.Runner.Scanning;

namespace CloudSage.PluginHost.Runner.Child;

/// <summary>What a host asks of its scanner, in one line of JSON. The answer is a <see cref="ScanReport"/> in one line.</summary>
/// <param name="Path">The absolute path of the file to look into.</param>
internal sealed record ScanRequest(string Path);

[JsonSerializable(typeof(ScanRequest))]
[JsonSerializable(typeof(ScanReport))]
internal sealed partial class ScanJson : JsonSerializerContext;
