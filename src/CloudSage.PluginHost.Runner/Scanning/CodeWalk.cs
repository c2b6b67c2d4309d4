using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using CloudSage.Plugins.Permissions;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Walks the instructions of methods and notes what they use.</summary>
internal sealed class CodeWalk(MetadataReader metadata, PowerMap powers, ForeignUses uses, Sightings sightings, OwnData ownData)
{
    private const string Unsafe = "System.Runtime.CompilerServices.Unsafe";
    private const string Memory = "System.Runtime.InteropServices.MemoryMarshal";

    private const int NotPlain = -1;
    private const int ByToken = -2;
    private const int TokenLength = 4;
    private const int RowMask = 0xFF_FFFF;

    /// <summary>
    /// Of the instructions of one byte that mean nothing to this walk by themselves, which are two of three, how many bytes follow them. Most of the others
    /// are as plain where they name something of the assembly's own, or something foreign that is no power.
    /// </summary>
    private static readonly int[] PlainLengths = [.. Enumerable.Range(0, 256).Select(PlainLength)];

    private readonly uint _writing = powers.Of(PluginPermissions.WriteFiles);
    private readonly uint _pointer = powers.Of(Construct.Pointer);
    private readonly ConstantRun _constants = new();

    /// <param name="method">The method.</param>
    /// <param name="code">Its instructions.</param>
    /// <param name="isCompilers">Whether the compiler wrote it to reach into a buffer whose bounds it knows: see <see cref="OwnData"/>.</param>
    public void Walk(MethodDefinitionHandle method, BlobReader code, bool isCompilers)
    {
        var (targets, lengths) = (new BranchTargets(code), PlainLengths);
        var (function, data, block, isCleared) = (false, default(Instruction?), new StackBlock(), true);
        _constants.Clear();
        while (code.RemainingBytes > 0)
        {
            if (!function && block.IsIdle && Skip(ref code, lengths))
            {
                if (isCleared) continue;
                _constants.Clear();
                (data, isCleared) = (null, true);
                continue;
            }

            isCleared = false;
            var instruction = Instruction.Read(ref code);
            if (function && instruction.Code != ILOpCode.Newobj) Add(Construct.FunctionAddress, method);
            function = instruction.Code is ILOpCode.Ldftn or ILOpCode.Ldvirtftn;
            if (ConstructOf(instruction.Code) is { } construct) Add(construct, method);
            var (isUnsafe, isSafe) = block.IsCalm(instruction) ? default : block.Follow(instruction, SpanOf(instruction), targets);
            if (isUnsafe) Add(Construct.StackMemory, method);
            if (IsReference(instruction.Operand) && !IsOwn((int)instruction.Value))
                Reference(instruction, method, targets, data, isCompilers, isSafe);

            if (instruction.Constant is { } value) _constants.Add(instruction.Offset, value);
            else if (instruction.Code != ILOpCode.Conv_i8) _constants.Clear();
            if (instruction.Code == ILOpCode.Ldsflda) data = instruction;
            else if (instruction.Constant is null) data = null;
        }

        if (function) Add(Construct.FunctionAddress, method);
    }

    private void Reference(in Instruction instruction, MethodDefinitionHandle method, BranchTargets targets, Instruction? data, bool isCompilers, bool isSafe)
    {
        var handle = MetadataTokens.EntityHandle((int)instruction.Value);
        if (handle.Kind == HandleKind.MethodSpecification) handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        switch (handle.Kind)
        {
            case HandleKind.MemberReference:
                ref readonly var use = ref uses.Member((MemberReferenceHandle)handle);
                if (use.Powers == 0 || (isCompilers && use.Named.Type is Unsafe or Memory)) return;
                sightings.Add(use.Powers & ~(isSafe ? _pointer : Spared(use, instruction.Offset, targets, data)), use.What, method);
                break;
            case HandleKind.TypeReference or HandleKind.TypeSpecification:
                var (found, what) = uses.Type(handle);
                if (found != 0) sightings.Add(found, what, method);
                break;
            case HandleKind.MethodDefinition:
                break;
            default:
                throw new UnknownConstructException($"an instruction refers to a {handle.Kind}");
        }
    }

    /// <summary>What a use is excused from by what is around it: a file that is only read, a constant of the assembly's own that becomes a span.</summary>
    private uint Spared(in MemberUse use, int at, BranchTargets targets, Instruction? data)
    {
        if ((use.Powers & _writing) != 0 && IsOpening(use.Named)) return _constants.OnlyReads(use.Named, targets, at) ? _writing : 0;
        if ((use.Powers & _pointer) == 0 || data is not { } start || _constants.Count != 1 || use.Named is not { Type: "System.ReadOnlySpan`1", Name: ".ctor" }) return 0;
        var bytes = _constants.Last()!.Value * (long)use.ArgumentSize;
        return use.ArgumentSize > 0 && bytes >= 0 && bytes <= ownData.SizeOf((int)start.Value) && !targets.LeadBetween(start.Offset, at) ? _pointer : 0;
    }

    private MemberUse? SpanOf(in Instruction instruction)
    {
        if (instruction.Code != ILOpCode.Newobj || MetadataTokens.EntityHandle((int)instruction.Value) is not { Kind: HandleKind.MemberReference } handle) return null;
        ref readonly var use = ref uses.Member((MemberReferenceHandle)handle);
        return use.Named is { Type: "System.Span`1" or "System.ReadOnlySpan`1", Name: ".ctor", Parameters: 2 } && (use.Powers & _pointer) != 0 ? use : null;
    }

    private static bool IsOpening(in ForeignMember member)
        => member is { Type: "System.IO.FileStream", Name: ".ctor" } or { Type: "System.IO.File", Name: "Open" or "OpenHandle" };

    private void Add(Construct construct, MethodDefinitionHandle method) => sightings.Add(powers.Of(construct), ConstructText.Of(construct), method);

    /// <summary>Steps over a plain instruction, without the cost of reading it; stays before any other.</summary>
    private bool Skip(ref BlobReader code, int[] lengths)
    {
        var start = code.Offset;
        var length = lengths[code.ReadByte()];
        if (length == ByToken) length = IsPlain(code.ReadInt32()) ? TokenLength : NotPlain;
        code.Offset = length == NotPlain ? start : start + 1 + length;
        return length != NotPlain;
    }

    private static int PlainLength(int code)
        => OpcodeTable.OperandOf(code) is { } operand && IsPlain((ILOpCode)code, operand) && OpcodeTable.LengthOf(operand) is { } length
            ? IsReference(operand) ? ByToken : length
            : NotPlain;

    private bool IsPlain(int token)
        => IsOwn(token) || (KindOf(token) == HandleKind.MemberReference && uses.Member(token & RowMask).Powers == 0);

    private static bool IsPlain(ILOpCode code, OperandType operand)
        => ConstructOf(code) is null && code is not (ILOpCode.Conv_i8 or ILOpCode.Ldsflda) && new Instruction(0, code, operand, 0).Constant is null;

    private static bool IsReference(OperandType operand)
        => operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineTok or OperandType.InlineType or OperandType.InlineSig;

    /// <summary>Whether it names something of this assembly's own, as most do: that is walked where it is defined.</summary>
    private static bool IsOwn(int token)
        => KindOf(token) is HandleKind.MethodDefinition or HandleKind.FieldDefinition or HandleKind.TypeDefinition or HandleKind.StandaloneSignature;

    private static HandleKind KindOf(int token) => (HandleKind)((uint)token >> 24);

    private static Construct? ConstructOf(ILOpCode code) => code switch
    {
        ILOpCode.Calli => Construct.IndirectCall,
        ILOpCode.Cpblk or ILOpCode.Initblk => Construct.MemoryBlock,
        ILOpCode.Mkrefany or ILOpCode.Refanytype or ILOpCode.Refanyval or ILOpCode.Arglist => Construct.TypedReference,
        ILOpCode.Jmp or ILOpCode.Unaligned => Construct.UnsafeInstruction,
        _ => null,
    };
}
