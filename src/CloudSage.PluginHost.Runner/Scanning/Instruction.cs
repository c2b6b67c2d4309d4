using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>One instruction of a method.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">Its opcode; of two bytes where the first is 0xFE.</param>
/// <param name="Operand">What follows it.</param>
/// <param name="Value">The operand: a token, a number, a distance, or how many places a switch has.</param>
internal readonly record struct Instruction(int Offset, ILOpCode Code, OperandType Operand, long Value)
{
    public static Instruction Read(ref BlobReader code)
    {
        var offset = code.Offset;
        int opcode = code.ReadByte();
        if (opcode == 0xFE) opcode = 0xFE00 | code.ReadByte();
        var operand = OpcodeTable.OperandOf(opcode) ?? throw new UnknownConstructException($"a method holds the instruction 0x{opcode:X}");
        var value = operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineI or OperandType.ShortInlineBrTarget => code.ReadSByte(),
            OperandType.ShortInlineVar => code.ReadByte(),
            OperandType.InlineVar => code.ReadUInt16(),
            OperandType.InlineI8 or OperandType.InlineR => code.ReadInt64(),
            OperandType.InlineSwitch => Switch(ref code),
            _ => code.ReadInt32(),
        };
        return new Instruction(offset, (ILOpCode)opcode, operand, value);
    }

    /// <summary>The number that it puts onto the stack; null for other instructions.</summary>
    public int? Constant => Code switch
    {
        >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8 => (int)Code - (int)ILOpCode.Ldc_i4_0,
        ILOpCode.Ldc_i4_s or ILOpCode.Ldc_i4 => (int)Value,
        ILOpCode.Ldc_i8 => (int)Value,
        _ => null,
    };

    private static long Switch(ref BlobReader code)
    {
        var count = code.ReadUInt32();
        if (count > code.RemainingBytes / 4) throw new UnknownConstructException("a switch is longer than its method");
        code.Offset += (int)count * 4;
        return count;
    }
}
