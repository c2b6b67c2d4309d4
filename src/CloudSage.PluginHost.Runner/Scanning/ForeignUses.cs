using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>The types and members of other assemblies that this one names, judged once each; and which of them its code was seen to use.</summary>
internal sealed class ForeignUses
{
    private readonly MetadataReader _metadata;
    private readonly ImageNames _names;
    private readonly PowerMap _powers;
    private readonly string[] _typeNames;
    private readonly TypePowers[] _types;
    private readonly MemberUse[] _members;
    private readonly bool[] _seenTypes;
    private readonly bool[] _seenMembers;

    public ForeignUses(MetadataReader metadata, ImageNames names, PowerMap powers)
    {
        (_metadata, _names, _powers) = (metadata, names, powers);
        _typeNames = [.. metadata.TypeReferences.Select(names.Of)];
        _types = [.. _typeNames.Select(powers.OfType)];
        _seenTypes = new bool[_types.Length];
        _members = [.. metadata.MemberReferences.Select(Judge)];
        _seenMembers = new bool[_members.Length];
    }

    /// <summary>A member that an instruction names. It counts as seen, whatever becomes of it.</summary>
    public ref readonly MemberUse Member(MemberReferenceHandle handle) => ref Member(MetadataTokens.GetRowNumber(handle));

    /// <param name="row">Its row among the member references, from one.</param>
    public ref readonly MemberUse Member(int row)
    {
        var index = row - 1;
        if ((uint)index >= (uint)_members.Length) throw new UnknownConstructException("an instruction refers to nothing");
        _seenMembers[index] = true;
        return ref _members[index];
    }

    /// <summary>The powers of a type that an instruction names, and its name where it has any.</summary>
    public (uint Powers, string What) Type(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeSpecification) handle = SignatureReader.ReadType(_metadata, _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).Signature).Head;
        if (handle.IsNil || handle.Kind != HandleKind.TypeReference) return (0, string.Empty);
        var row = MetadataTokens.GetRowNumber(handle) - 1;
        if ((uint)row >= (uint)_types.Length) throw new UnknownConstructException("an instruction refers to nothing");
        if (_types[row].Type == 0) return (0, string.Empty);
        _seenTypes[row] = true;
        return (_types[row].Type, _typeNames[row]);
    }

    /// <summary>What the file names and no instruction was seen to use: in signatures, as a base, in attributes.</summary>
    public void AddUnseen(Sightings sightings)
    {
        for (var row = 0; row < _members.Length; row++)
        {
            if (!_seenMembers[row])
            {
                if (_members[row].Powers == 0) continue;
                sightings.Add(_members[row].Powers, _members[row].What);
            }

            if (_members[row].TypeRow >= 0) _seenTypes[_members[row].TypeRow] = true;
        }

        for (var row = 0; row < _types.Length; row++)
        {
            if (!_seenTypes[row] && _types[row].Type != 0) sightings.Add(_types[row].Type, _typeNames[row]);
        }
    }

    private MemberUse Judge(MemberReferenceHandle handle)
    {
        var member = _metadata.GetMemberReference(handle);
        var facts = SignatureReader.Read(_metadata, member.Signature);
        var (type, row, argument) = Parent(member.Parent);
        var pointers = _powers.Of(facts);
        if (type is null) return new MemberUse(pointers, pointers == 0 ? string.Empty : $"a signature with pointers ({_names.Text(member.Name)})", -1, default, 0);
        if ((_types[row].Type | _types[row].Members | pointers) == 0) return new MemberUse(0, string.Empty, row, default, 0);
        var named = new ForeignMember(type, _names.Text(member.Name), facts.TakesTextFirst, facts.Parameters, facts.GenericParameters);
        var powers = _powers.Of(named, _types[row].Members) | _types[row].Type | pointers;
        return new MemberUse(powers, powers == 0 ? string.Empty : named.ToString(), row, named, argument);
    }

    /// <summary>The foreign type whose member it is; of a type of this assembly, the nearest foreign one that it derives from.</summary>
    private (string? Name, int Row, int ArgumentSize) Parent(EntityHandle parent)
    {
        var argument = 0;
        for (var depth = 0; ; depth++)
        {
            switch (ImageNames.Checked(depth, parent))
            {
                case { IsNil: true }:
                    return (null, -1, 0);
                case { Kind: HandleKind.TypeReference } type:
                    var row = MetadataTokens.GetRowNumber(type) - 1;
                    return (uint)row < (uint)_types.Length ? (_typeNames[row], row, argument) : throw new UnknownConstructException("a member belongs to nothing");
                case { Kind: HandleKind.TypeSpecification } specification:
                    var facts = SignatureReader.ReadType(_metadata, _metadata.GetTypeSpecification((TypeSpecificationHandle)specification).Signature);
                    (parent, argument) = (facts.Head, facts.FirstArgumentSize);
                    break;
                case { Kind: HandleKind.TypeDefinition } definition:
                    parent = _metadata.GetTypeDefinition((TypeDefinitionHandle)definition).BaseType;
                    break;
                case { Kind: HandleKind.MethodDefinition }:
                    return (null, -1, 0);
                case var other:
                    throw new UnknownConstructException($"a member belongs to a {other.Kind}");
            }
        }
    }
}

/// <summary>A foreign member, judged.</summary>
/// <param name="Powers">The rules that cover it, one bit each.</param>
/// <param name="What">Its name.</param>
/// <param name="TypeRow">The row of its type among the type references, from zero; -1 for none.</param>
/// <param name="Named">The member.</param>
/// <param name="ArgumentSize">The size of its type's first generic argument, where it is a number or a character; otherwise zero.</param>
internal readonly record struct MemberUse(uint Powers, string What, int TypeRow, ForeignMember Named, int ArgumentSize);
