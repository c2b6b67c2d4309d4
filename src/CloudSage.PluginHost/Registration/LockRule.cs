namespace CloudSage.PluginHost.Registration;

/// <summary>Holds a plugin's content against the lock file of its folder.</summary>
internal static class LockRule
{
    /// <param name="name">The plugin's name.</param>
    /// <param name="version">Its version.</param>
    /// <param name="hash">Its content.</param>
    /// <param name="source">Where it lies.</param>
    /// <param name="state">The lock file of that folder.</param>
    /// <param name="requireLock">Whether there must be one.</param>
    /// <param name="beside">Where in the same folder the registered content lies, see <see cref="RegisteredContent"/>; null where it does not.</param>
    /// <param name="elsewhere">Another plugin folder in whose lock file the name is; null where there is none.</param>
    public static IEnumerable<Finding> Check(string name, string version, string hash, string source, LockState state, bool requireLock, string? beside, string? elsewhere = null)
    {
        if (state.Damage is { } damage) return [damage];
        var locked = state.Lock?.Plugins.GetValueOrDefault(name);
        if (locked is null)
        {
            // What was registered and granted to a plugin of one folder is not for whatever is called so in another.
            if (elsewhere is not null)
            {
                return [Finding.Error(RegistrationCodes.NotRegistered, $"{name} is registered in '{elsewhere}', and {version} in this folder is not.",
                    $"Take it away, or register it here too: {Register(source)}", new FindingLocation(source))];
            }

            return state.Lock is null && !requireLock ? []
                : [Finding.Error(RegistrationCodes.NotRegistered, $"{name} {version} is not in the lock file of its folder.", $"Register it: {Register(source)}", new FindingLocation(source))];
        }

        if (beside is not null)
        {
            return [Finding.Error(RegistrationCodes.NotRegistered, $"{name} {version} in '{source}' is not registered: the lock file speaks of {locked.Version} in '{beside}'.",
                $"Take it away, or register it instead: {Register(source)}", new FindingLocation(source))];
        }

        return locked.Hash == hash ? [] : [Finding.Error(RegistrationCodes.Drift,
            $"{name} {version} is not what was registered: its content is {Short(hash)}, the lock file has {locked.Version} with {Short(locked.Hash)}.",
            $"Put the registered content back, or register this one: {Register(source)}", new FindingLocation(source))];
    }

    /// <summary>About a plugin that is in the lock file and not in its folder.</summary>
    public static Finding Missing(string name, LockedPlugin locked) => Finding.Error(RegistrationCodes.Missing, $"{name} {locked.Version} is in the lock file and not in the plugin folder.",
        $"Put it back{(locked.Origin is null ? string.Empty : " (csg plugins restore)")}, or forget it: csg plugins unregister {name}.", new FindingLocation(PluginLock.FileName));

    private static string Short(string hash) => hash.Length > 12 ? $"{hash[..12]}..." : hash;

    private static string Register(string source) => $"csg plugins register {ShellWord.Of(source)}";
}
