namespace CloudSage.PluginHost.Registration;

/// <summary>Holds a plugin's content against the lock file of its folder.</summary>
internal static class LockRule
{
    public static IEnumerable<Finding> Check(string name, string version, string hash, string source, LockState state, bool requireLock)
    {
        if (state.Damage is { } damage) return [damage];
        var locked = state.Lock?.Plugins.GetValueOrDefault(name);
        if (locked is null)
        {
            return state.Lock is null && !requireLock ? [] : [Finding.Error(RegistrationCodes.NotRegistered, $"{name} {version} is not in the lock file of its folder.",
                $"Register it: csg plugins register {Shown(source)}.", new FindingLocation(source))];
        }

        return locked.Hash == hash ? [] : [Finding.Error(RegistrationCodes.Drift,
            $"{name} {version} is not what was registered: its content is {Short(hash)}, the lock file has {locked.Version} with {Short(locked.Hash)}.",
            $"Put the registered content back, or register this one: csg plugins register {Shown(source)}.", new FindingLocation(source))];
    }

    /// <summary>About a plugin that is in the lock file and not in its folder.</summary>
    public static Finding Missing(string name, LockedPlugin locked) => Finding.Error(RegistrationCodes.Missing, $"{name} {locked.Version} is in the lock file and not in the plugin folder.",
        $"Put it back{(locked.Origin is null ? string.Empty : " (csg plugins restore)")}, or forget it: csg plugins unregister {name}.", new FindingLocation(PluginLock.FileName));

    private static string Short(string hash) => hash.Length > 12 ? $"{hash[..12]}..." : hash;

    private static string Shown(string source) => source.Contains(' ', StringComparison.Ordinal) ? $"\"{source}\"" : source;
}
