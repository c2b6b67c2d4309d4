namespace CloudSage.Plugins.Permissions;

/// <summary>
/// Thrown to a plugin that uses a capability it does not hold: never granted, or revoked while it ran.
/// The message says which line the manifest lacks or which grant the operator has not given.
/// </summary>
public sealed class PermissionDeniedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PermissionDeniedException() : this("A permission was denied.") { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was denied and how to mend it.</param>
    public PermissionDeniedException(string message) : base(message) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What was denied and how to mend it.</param>
    /// <param name="innerException">The cause.</param>
    public PermissionDeniedException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>Creates the exception.</summary>
    /// <param name="permission">The permission that was missing.</param>
    /// <param name="message">What was denied and how to mend it.</param>
    public PermissionDeniedException(string permission, string message) : base(message) => Permission = permission;

    /// <summary>The permission that was missing.</summary>
    public string? Permission { get; }
}
