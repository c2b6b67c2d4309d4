namespace CloudSage.Benchmarks.Loading;

/// <summary>A way to take a plugin from its files to an instance that has answered a call.</summary>
internal interface ILoadContender
{
    string Name { get; }

    /// <summary>Loads, creates and calls.</summary>
    /// <returns>What unloads it again; not part of the time.</returns>
    ValueTask<ILoaded> LoadAsync();
}

/// <summary>A plugin that was loaded.</summary>
internal interface ILoaded
{
    ValueTask UnloadAsync();
}
