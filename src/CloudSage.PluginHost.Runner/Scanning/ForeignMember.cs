namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>A member of a type in another assembly, as its user names it.</summary>
/// <param name="Type">The type's full name, <c>Outer+Inner</c> where it is nested; generic arguments left out.</param>
/// <param name="Name">The member's name.</param>
/// <param name="TakesTextFirst">Whether its first parameter is a string: often a path.</param>
/// <param name="Parameters">How many parameters it has.</param>
/// <param name="GenericParameters">How many generic parameters it has.</param>
internal readonly record struct ForeignMember(string Type, string Name, bool TakesTextFirst, int Parameters, int GenericParameters)
{
    public override string ToString() => $"{Type}.{Name}";
}
