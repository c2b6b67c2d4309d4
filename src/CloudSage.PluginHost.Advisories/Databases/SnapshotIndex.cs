using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CloudSage.PluginHost.Advisories.Databases;

/// <summary>
/// The <c>index.json</c> at the top of a database: of which day it is, and what makes sure that it is whole. The hash is the SHA-256 of the lines that
/// <c>sha256sum</c> prints for the records (hash, two blanks, path), ordered by path, each with its line feed.
/// </summary>
internal sealed record SnapshotIndex(DateTimeOffset Date, int Count, string Sha256)
{
    public const string FileName = "index.json";

    /// <exception cref="JsonException">It is no index.</exception>
    public static SnapshotIndex Read(ReadOnlySpan<byte> json)
        => JsonSerializer.Deserialize(json, SnapshotJson.Default.SnapshotIndex) switch
        {
            { Sha256.Length: 64, Date.Year: > 1 } index => index,
            { Sha256.Length: > 0, Date.Year: > 1 } => throw new JsonException("its 'sha256' is not 64 hexadecimal digits"),
            _ => throw new JsonException("it lacks 'date', 'count' or 'sha256'"),
        };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SnapshotJson.Default.SnapshotIndex);
}

/// <summary>The hash of a <see cref="SnapshotIndex"/>, made record by record.</summary>
internal sealed class SnapshotHash : IDisposable
{
    private readonly IncrementalHash _all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public void Add(string path, ReadOnlySpan<byte> content)
        => _all.AppendData(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(content))}  {path}\n"));

    public string Finish() => Convert.ToHexStringLower(_all.GetHashAndReset());

    public void Dispose() => _all.Dispose();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(SnapshotIndex))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
