namespace CloudSage.PluginHost.Brokering;

/// <summary>
/// Calls plugins. Every call holds a lease on the version it runs in, so an upgrade waits for it and no call sees two versions;
/// has a deadline; and never throws what the plugin threw: failures come back as an outcome.
/// </summary>
public interface IExtensionBroker
{
    /// <summary>Who serves an extension point now: by priority, the highest first, then by name.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <returns>The plugins.</returns>
    IReadOnlyList<ExtensionProvider> Providers<TExtension>() where TExtension : class;

    /// <summary>Calls one plugin. Pass what the call needs as the argument, so that the delegate can be static.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TArgument">What the call needs.</typeparam>
    /// <typeparam name="TResult">What the call returns; a host type, never one of the plugin's own.</typeparam>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="argument">What the call needs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Deadline and way of calling; null takes the host's.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>What came of it.</returns>
    sealed ValueTask<CallOutcome<TResult>> InvokeAsync<TExtension, TArgument, TResult>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
        // Not virtual: to find the implementation of a generic method costs as much as half the call.
        => this is ExtensionBroker engine
            ? engine.InvokeAsync(plugin, argument, call, options, cancellationToken)
            : InvokeCoreAsync(plugin, argument, call, options, cancellationToken);

    /// <summary>What <see cref="InvokeAsync"/> does in another broker than the engine's: one that stands in for it in a test, or in front of it.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TArgument">What the call needs.</typeparam>
    /// <typeparam name="TResult">What the call returns; a host type, never one of the plugin's own.</typeparam>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="argument">What the call needs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Deadline and way of calling; null takes the host's.</param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>What came of it.</returns>
    protected ValueTask<CallOutcome<TResult>> InvokeCoreAsync<TExtension, TArgument, TResult>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class;

    /// <summary>Calls every plugin that serves the extension point, one after another, and returns one outcome for each, in the order of <see cref="Providers{TExtension}"/>.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TArgument">What the call needs.</typeparam>
    /// <typeparam name="TResult">What the call returns; a host type, never one of the plugin's own.</typeparam>
    /// <param name="argument">What the call needs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Deadline and way of calling; null takes the host's.</param>
    /// <param name="cancellationToken">Gives up the calls.</param>
    /// <returns>What came of each.</returns>
    ValueTask<IReadOnlyList<CallOutcome<TResult>>> InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class;

    /// <summary>
    /// Calls every plugin that serves the extension point, one after another, and adds one outcome for each, in the order of
    /// <see cref="Providers{TExtension}"/>. For events that come often: a list that is cleared and used again costs no memory.
    /// </summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TArgument">What the call needs.</typeparam>
    /// <typeparam name="TResult">What the call returns; a host type, never one of the plugin's own.</typeparam>
    /// <param name="argument">What the call needs.</param>
    /// <param name="call">The call.</param>
    /// <param name="outcomes">Where the outcomes are added.</param>
    /// <param name="options">Deadline and way of calling; null takes the host's.</param>
    /// <param name="cancellationToken">Gives up the calls.</param>
    /// <returns>Ends when every plugin was called.</returns>
    async ValueTask InvokeAllAsync<TExtension, TArgument, TResult>(
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, ValueTask<TResult>> call,
        ICollection<CallOutcome<TResult>> outcomes,
        CallOptions? options,
        CancellationToken cancellationToken) where TExtension : class
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        foreach (var outcome in await InvokeAllAsync(argument, call, options, cancellationToken).ConfigureAwait(false)) outcomes.Add(outcome);
    }

    /// <summary>Calls one plugin that answers with a stream. The lease is held until the enumeration ends; the deadline applies to each item.</summary>
    /// <typeparam name="TExtension">The extension point.</typeparam>
    /// <typeparam name="TArgument">What the call needs.</typeparam>
    /// <typeparam name="TItem">The stream's items; a host type, never one of the plugin's own.</typeparam>
    /// <param name="plugin">The plugin's name.</param>
    /// <param name="argument">What the call needs.</param>
    /// <param name="call">The call.</param>
    /// <param name="options">Deadline and way of calling; null takes the host's.</param>
    /// <returns>The stream; enumerate it once, then look at its outcome.</returns>
    PluginStream<TItem> Stream<TExtension, TArgument, TItem>(
        string plugin,
        TArgument argument,
        Func<TExtension, TArgument, CancellationToken, IAsyncEnumerable<TItem>> call,
        CallOptions? options = null) where TExtension : class;
}

/// <summary>A plugin that serves an extension point.</summary>
/// <param name="Plugin">The plugin's name.</param>
/// <param name="Version">The version that serves.</param>
/// <param name="Priority">Its priority: higher is called earlier.</param>
public sealed record ExtensionProvider(string Plugin, string Version, int Priority);
