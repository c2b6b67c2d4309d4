namespace CloudSage.IntegrationTests.Unloading;

/// <summary>The ways to wait for something from outside the process and to forget it, by what the host calls them.</summary>
internal static class PendingRegistrations
{
    private const string Sockets = "waits for sockets and pipes";
    private const string Listener = "var l = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0); l.Start(); ";
    private const string Listening = "var l = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp); l.Bind(new IPEndPoint(IPAddress.Loopback, 0)); l.Listen(); ";
    private const string Connected = Listener + "var c = new System.Net.Sockets.TcpClient(); c.Connect((IPEndPoint)l.LocalEndpoint); Kept = l.AcceptTcpClient(); ";
    private const string Url = "$\"http://127.0.0.1:{((IPEndPoint)l.LocalEndpoint).Port}/\"";
    private const string HttpListener = "var h = new HttpListener(); h.Prefixes.Add($\"http://127.0.0.1:{Free()}/\"); h.Start(); int Free() { using var l = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0); l.Start(); return ((IPEndPoint)l.LocalEndpoint).Port; } ";
    // Reads its input until that is closed.
    private const string Child = "var p = new Process { StartInfo = new ProcessStartInfo(\"sort\") { RedirectStandardInput = true, RedirectStandardOutput = true }, EnableRaisingEvents = true }; p.Start(); ";

    public static IEnumerable<TestCaseData> Cases()
    {
        yield return Case(Sockets, "an accept", Listening + Loop("l.AcceptAsync()"));
        yield return Case(Sockets, "an accept through methods of the framework's", Listener + Loop("l.AcceptTcpClientAsync()"));
        yield return Case(Sockets, "an accept with a callback", Listener + "l.BeginAcceptTcpClient(_ => Hits++, null);");
        yield return Case(Sockets, "an accept with an event", Listening + "var a = new System.Net.Sockets.SocketAsyncEventArgs(); a.Completed += (_, _) => Hits++; l.AcceptAsync(a);");
        yield return Case(Sockets, "an accept with arguments of the plugin's", Listening + "l.AcceptAsync(new Arguments());",
            "sealed class Arguments : System.Net.Sockets.SocketAsyncEventArgs { protected override void OnCompleted(System.Net.Sockets.SocketAsyncEventArgs e) => Visit.Hits++; }");
        yield return Case(Sockets, "a receive", "var u = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.Loopback, 0)); " + Loop("u.ReceiveAsync()"));
        yield return Case(Sockets, "a read of a stream", Connected + Loop("c.GetStream().ReadAsync(new byte[1])"));
        yield return Case(Sockets, "a read through layers of streams", Connected + "var r = new StreamReader(new BufferedStream(c.GetStream())); " + Loop("r.ReadLineAsync()"));
        yield return Case(Sockets, "a handshake", Connected + "var s = new System.Net.Security.SslStream(c.GetStream()); " + Loop("s.AuthenticateAsClientAsync(\"x\")"));
        yield return Case(Sockets, "a named pipe", "var p = new System.IO.Pipes.NamedPipeServerStream(Guid.NewGuid().ToString(\"n\"), System.IO.Pipes.PipeDirection.InOut, 1, default, System.IO.Pipes.PipeOptions.Asynchronous); " + Loop("p.WaitForConnectionAsync()"));
        yield return Case(Sockets, "an anonymous pipe", "var p = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In); " + Loop("p.ReadAsync(new byte[1])"));
        yield return Case(Sockets, "a web request", Listener + "var h = new System.Net.Http.HttpClient(); " + Loop($"h.GetStringAsync({Url})"));
        yield return Case(Sockets, "a web request through a handler of the plugin's",
            Listener + "var h = new System.Net.Http.HttpClient(new Own { InnerHandler = new System.Net.Http.SocketsHttpHandler() }); " + Loop($"h.GetStringAsync({Url})"),
            "sealed class Own : System.Net.Http.DelegatingHandler { protected override async Task<System.Net.Http.HttpResponseMessage> SendAsync(System.Net.Http.HttpRequestMessage r, CancellationToken t) { var a = await base.SendAsync(r, t); Visit.Hits++; return a; } }");
        yield return Case(Sockets, "the output of a child process", Child.Replace("true };", "false };", StringComparison.Ordinal) + "p.OutputDataReceived += (_, _) => Hits++; p.BeginOutputReadLine();");
        yield return Case(Sockets, "the output of a child process as a stream", Child + Loop("p.StandardOutput.ReadToEndAsync()"));
        yield return Case("registered waits", "the end of a child process", Child + "p.Exited += (_, _) => Hits++;");
        yield return Case("registered waits", "the end of a child process as a task", Child + Loop("p.WaitForExitAsync()"));
        yield return Case("HTTP listeners", "a web server", HttpListener + Loop("h.GetContextAsync()"));
        yield return Case("HTTP listeners", "a web server with a callback", HttpListener + "h.BeginGetContext(_ => Hits++, null);");
        yield return Case("HTTP listeners", "a web server's choice of authentication", HttpListener + "h.AuthenticationSchemeSelectorDelegate = _ => default;");
        yield return Case("handlers of the runtime's events", "transactions that are promoted", "System.Transactions.TransactionManager.DistributedTransactionStarted += (_, _) => Hits++;");
    }

    private static string Loop(string wait) => $"_ = Loop(); async Task Loop() {{ while (true) {{ await {wait}; Hits++; }} }}";

    private static TestCaseData Case(string cause, string name, string run, string types = "") => new TestCaseData(cause, run, types).SetArgDisplayNames(name);
}
