using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudSage.PackageTests.Feeds;

/// <summary>A small v3 feed on loopback: service index, registrations with a catalog, flat container. It can also misbehave.</summary>
internal sealed class V3Feed : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<(string Id, string Version), OfferedFile> _packages = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _serving;

    public V3Feed()
    {
        Root = Listen();
        _serving = ServeAsync();
    }

    public string Root { get; }

    public string Index => Root + "index.json";

    /// <summary>The paths that were asked for.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>User and password that every request must bear; null for none.</summary>
    public (string User, string Password)? Credentials { get; set; }

    /// <summary>Answers every request with this; null answers as a feed does.</summary>
    public HttpStatusCode? Failure { get; set; }

    /// <summary>Lists packages and never gives one.</summary>
    public bool HoldsDownloads { get; set; }

    /// <summary>Answers every download with this; null gives the package.</summary>
    public HttpStatusCode? DownloadFailure { get; set; }

    /// <summary>Never answers.</summary>
    public bool IsSilent { get; set; }

    /// <summary>States a wrong hash of every package.</summary>
    public bool StatesWrongHash { get; set; }

    /// <summary>Versions that their author withdrew.</summary>
    public ISet<string> Unlisted { get; } = new HashSet<string>();

    /// <summary>When versions were published; what is not here is not stated.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> Published { get; } = new();

    public V3Feed Offer(string id, string version, byte[]? content = null)
    {
        var bytes = content ?? File.ReadAllBytes(PackedFixtures.PathOf(id, version));
        _packages[(id.ToLowerInvariant(), version)] = new OfferedFile(id, version, bytes);
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Close();
        _end.Dispose();
    }

    private string Listen()
    {
        // Between finding a free port and taking it someone else may be faster.
        for (var tries = 0; ; tries++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var root = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/v3/";
            probe.Stop();
            try
            {
                _listener.Prefixes.Clear();
                _listener.Prefixes.Add(root);
                _listener.Start();
                return root;
            }
            catch (HttpListenerException) when (tries < 10)
            {
                // The next port.
            }
        }
    }

    private async Task ServeAsync()
    {
        var answers = new List<Task>();
        try
        {
            while (true) answers.Add(AnswerAsync(await _listener.GetContextAsync()));
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped.
        }

        await Task.WhenAll(answers);
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath["/v3/".Length..];
        _requests.Enqueue(path);
        try
        {
            if (IsSilent || (HoldsDownloads && path.EndsWith(".nupkg", StringComparison.Ordinal))) await Task.Delay(Timeout.InfiniteTimeSpan, _end.Token);
            var (status, body) = Failure is { } failure ? (failure, null) : IsAllowed(context.Request) ? Answer(path) : (HttpStatusCode.Unauthorized, null);
            context.Response.StatusCode = (int)status;
            if (status == HttpStatusCode.Unauthorized) context.Response.AddHeader("WWW-Authenticate", "Basic realm=\"feed\"");
            if (body is not null) await context.Response.OutputStream.WriteAsync(body, _end.Token);
            context.Response.Close();
        }
        catch (Exception e) when (e is HttpListenerException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // The client went away, or the test is over.
            context.Response.Abort();
        }
    }

    private bool IsAllowed(HttpListenerRequest request)
        => Credentials is not { } known
            || request.Headers["Authorization"] == $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{known.User}:{known.Password}"))}";

    private (HttpStatusCode Status, byte[]? Body) Answer(string path) => path.Split('/') switch
    {
        ["index.json"] => Text($$"""
            {"version":"3.0.0","resources":[{"@id":"{{Root}}flat/","@type":"PackageBaseAddress/3.0.0"},{"@id":"{{Root}}registration/","@type":"RegistrationsBaseUrl/3.6.0"}]}
            """),
        ["flat", var id, "index.json"] when Versions(id) is { Count: > 0 } versions => Text($$"""{"versions":[{{string.Join(",", versions.Select(static v => $"\"{v.Version}\""))}}]}"""),
        ["flat", _, _, _] when DownloadFailure is { } failure => (failure, null),
        ["flat", var id, var version, _] when _packages.TryGetValue((id, version), out var file) => (HttpStatusCode.OK, file.Content),
        ["registration", var id, "index.json"] when Versions(id) is { Count: > 0 } versions => Text(Registration(versions)),
        ["catalog", var id, var version] when _packages.TryGetValue((id, version), out var file) => Text($$"""
            {"id":"{{file.Id}}","version":"{{version}}","packageHash":"{{(StatesWrongHash ? Convert.ToBase64String(new byte[64]) : file.Hash)}}","packageHashAlgorithm":"SHA512"}
            """),
        _ => (HttpStatusCode.NotFound, null),
    };

    private List<OfferedFile> Versions(string id) => [.. _packages.Values.Where(p => p.Id.Equals(id, StringComparison.OrdinalIgnoreCase)).OrderBy(static p => p.Version, StringComparer.Ordinal)];

    private string Registration(List<OfferedFile> versions)
    {
        var items = string.Join(",", versions.Select(v => $$$"""
            {"@id":"{{{Root}}}registration/{{{v.Key}}}.json","packageContent":"{{{Root}}}flat/{{{v.Key}}}/x.nupkg",
             "catalogEntry":{"@id":"{{{Root}}}catalog/{{{v.Key}}}","id":"{{{v.Id}}}","version":"{{{v.Version}}}","listed":{{{(Unlisted.Contains(v.Version) ? "false" : "true")}}},{{{(Published.TryGetValue(v.Version, out var at) ? $"\"published\":\"{at:O}\"," : "")}}}"packageContent":"{{{Root}}}flat/{{{v.Key}}}/x.nupkg"} }
            """));
        var range = $"\"lower\":\"{versions[0].Version}\",\"upper\":\"{versions[^1].Version}\"";
        return $$$"""{"count":1,"items":[{"@id":"{{{Root}}}page","count":{{{versions.Count}}},{{{range}}},"items":[{{{items}}}]}]}""";
    }

    private static (HttpStatusCode Status, byte[] Body) Text(string text) => (HttpStatusCode.OK, Encoding.UTF8.GetBytes(text));

    private sealed record OfferedFile(string Id, string Version, byte[] Content)
    {
        public string Key { get; } = $"{Id.ToLowerInvariant()}/{Version}";

        public string Hash { get; } = Convert.ToBase64String(System.Security.Cryptography.SHA512.HashData(Content));
    }
}
