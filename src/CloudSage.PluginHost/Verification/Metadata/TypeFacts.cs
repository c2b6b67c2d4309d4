namespace CloudSage.PluginHost.Verification.Metadata;

/// <summary>What the metadata says of a class or other type.</summary>
/// <param name="FullName">Its name as reflection writes it: namespace, and <c>+</c> before nested names.</param>
/// <param name="Traits">What it is.</param>
/// <param name="Serves">Whether it implements an extension point.</param>
internal sealed record TypeFacts(string FullName, TypeTraits Traits, Service Serves)
{
    /// <summary>Whether a host can make an object of it.</summary>
    public bool IsUsable
        => (Traits & (TypeTraits.Class | TypeTraits.Public | TypeTraits.Abstract | TypeTraits.Generic)) == (TypeTraits.Class | TypeTraits.Public);
}

/// <summary>What a type is.</summary>
[Flags]
internal enum TypeTraits
{
    /// <summary>Nothing of the rest.</summary>
    None = 0,

    /// <summary>A class, not an interface, structure, enumeration or delegate.</summary>
    Class = 1,

    /// <summary>It, and all types around it, are public.</summary>
    Public = 2,

    /// <summary>Abstract or static.</summary>
    Abstract = 4,

    /// <summary>It, or a type around it, has type parameters.</summary>
    Generic = 8,
}

/// <summary>Whether a type implements an extension point, as far as its own assembly tells.</summary>
internal enum Service
{
    /// <summary>Surely not.</summary>
    None,

    /// <summary>A base type in another assembly may.</summary>
    Possible,

    /// <summary>It does.</summary>
    Certain,
}
