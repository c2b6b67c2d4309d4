using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CloudSage.IntegrationTests.Unloading;

/// <summary>A plugin's wait at a socket ends, and everyone else's goes on: at the same socket, by the same task, through the same client.</summary>
[Platform(Exclude = "Win", Reason = "There the system holds what is pending, and the host cannot look into it.")]
internal sealed class SocketEvictionTests
{
    private const string Accept = "_ = Loop(); async Task Loop() { await ((System.Net.Sockets.TcpListener)host).AcceptTcpClientAsync(); Hits++; }";

    [Test]
    public async Task A_host_that_accepts_at_the_same_socket_gets_the_connection()
    {
        using var help = new Help();
        using var listener = Listen();
        var leaver = Visitor.Enter(Accept, listener);
        var accepted = listener.AcceptTcpClientAsync();

        await LeftAsync(leaver, help);
        using var client = await ConnectAsync(listener);
        using var connection = await accepted.WaitAsync(TimeSpan.FromSeconds(30));
        connection.Connected.Should().BeTrue();
    }

    [Test]
    public async Task A_neighbour_that_accepts_at_a_socket_of_its_own_gets_the_connection()
    {
        using var help = new Help();
        using var listener = Listen();
        using var other = Listen();
        var neighbour = Visitor.Enter(Accept, other);

        await LeftAsync(Visitor.Enter(Accept, listener), help);
        using var client = await ConnectAsync(other);
        await Eventually.TrueAsync(() => neighbour.Hits() == 1, "the neighbour has its connection");
    }

    [Test]
    public async Task A_host_that_awaits_the_same_operation_gets_its_result()
    {
        using var help = new Help();
        using var listener = Listen();
        var accepted = listener.AcceptTcpClientAsync();
        var leaver = Visitor.Enter("_ = Loop(); async Task Loop() { await (Task)host; Hits++; }", accepted);
        var seen = SeeAsync(accepted);

        await LeftAsync(leaver, help);
        using var client = await ConnectAsync(listener);
        (await seen.WaitAsync(TimeSpan.FromSeconds(30))).Should().BeTrue();
    }

    [Test]
    public async Task The_only_connection_of_a_shared_client_is_free_again()
    {
        using var help = new Help();
        using var listener = Listen();
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"http://{listener.LocalEndpoint}/") };
        var leaver = Visitor.Enter("_ = Loop(); async Task Loop() { await ((System.Net.Http.HttpClient)host).GetStringAsync(\"plugin\"); Hits++; }", client);
        using var unanswered = await listener.AcceptTcpClientAsync();

        var answering = AnswerAsync(listener);
        var answer = client.GetStringAsync("host");
        await LeftAsync(leaver, help);
        (await answer.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be("hello");
        await answering;
    }

    [Test]
    public async Task A_socket_that_nobody_has_is_closed()
    {
        using var help = new Help();
        var ports = new List<int>();
        var leaver = Visitor.Enter(
            "var l = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0); l.Start(); ((List<int>)host).Add(((IPEndPoint)l.LocalEndpoint).Port); _ = Loop(); async Task Loop() { await l.AcceptTcpClientAsync(); }", ports);
        CanListen(ports[0]).Should().BeFalse("the plugin listens");

        await LeftAsync(leaver, help);
        await Eventually.TrueAsync(() => Collected(() => CanListen(ports[0])), "the port is free");
    }

    private static async Task LeftAsync(Visitor leaver, Help help)
    {
        var departure = leaver.Leave(help.Eviction);
        await Eventually.TrueAsync(() => Visitor.IsGone(departure, collections: 2, help.Eviction), "the visitor leaves memory", () => string.Join(" ", departure.Findings));
        departure.Evicted.Should().Contain(e => e.Cause == "waits for sockets and pipes").And.HaveCount(1);
        departure.Findings.Should().BeEmpty();
    }

    private static async Task<bool> SeeAsync(Task<TcpClient> accepted)
    {
        using var connection = await accepted;
        return connection.Connected;
    }

    private static TcpListener Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private static async Task<TcpClient> ConnectAsync(TcpListener listener)
    {
        var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        return client;
    }

    private static async Task AnswerAsync(TcpListener listener)
    {
        using var connection = await listener.AcceptTcpClientAsync();
        var stream = connection.GetStream();
        await stream.ReadAtLeastAsync(new byte[4096], 1);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"));
    }

    private static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            // Someone listens there.
            return false;
        }
    }

    private static bool Collected(Func<bool> condition)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return condition();
    }
}
