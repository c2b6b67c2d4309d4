namespace CloudSage.PluginHost.Diagnostics.Naming;

/// <summary>What the author can do about each kind of holder, in one sentence.</summary>
internal static class Remedy
{
    public static string For(LeakHolderKind kind) => kind switch
    {
        LeakHolderKind.StaticField => "Take the plugin's objects out of it in StopAsync or Dispose, or hand the host records of the contract only.",
        LeakHolderKind.HostObject => "Take the plugin's objects and types out of it in StopAsync or Dispose, or hand the host records of the contract only.",
        LeakHolderKind.TypeCache => "Keep types out of caches of the whole process: generate the code at build time, or leave UnloadAssistance at Full.",
        LeakHolderKind.Event => "Unsubscribe in StopAsync or Dispose.",
        LeakHolderKind.Timer => "Dispose it in StopAsync, or give the delay PluginContext.Stopping.",
        LeakHolderKind.Thread => "Let it end when PluginContext.Stopping is cancelled: pass the token to what it waits for, close what it reads from; PluginContext.RunInBackground waits for its end.",
        LeakHolderKind.Task => "Await it with PluginContext.Stopping (task.WaitAsync(token)), so that it ends when the plugin stops.",
        LeakHolderKind.Cancellation => "Dispose the registration, or register on PluginContext.Stopping.",
        LeakHolderKind.Listener => "Dispose the meter, listener or subscription in StopAsync or Dispose.",
        LeakHolderKind.ThreadLocal => "Dispose the ThreadLocal, or clear the value when the call ends.",
        LeakHolderKind.AsyncLocal => "Clear the value when the call ends; stop an Activity that was started.",
        LeakHolderKind.Handle => "Free the GCHandle in Dispose.",
        LeakHolderKind.DependentHandle => "Remove the entry, or use a key that leaves with the plugin.",
        LeakHolderKind.Exception => "Keep an exception's text, not the exception: its stack trace holds the code that it passed through.",
        LeakHolderKind.Finalizer => "Nothing, if it goes away by itself; else see that no finalizer blocks or revives its object.",
        _ => "Let go of it in StopAsync or Dispose.",
    };
}
