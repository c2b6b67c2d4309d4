using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>The instructions of .NET and what follows each, as the runtime itself lists them.</summary>
internal static class OpcodeTable
{
    private static readonly FrozenDictionary<int, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(static f => (OpCode)f.GetValue(null)!)
        // Those that the table reserves are no instructions.
        .Where(static o => o.OpCodeType != OpCodeType.Nternal)
        .ToFrozenDictionary(static o => (int)(ushort)o.Value, static o => o.OperandType);

    private static readonly OperandType?[] OneByte = [.. Enumerable.Range(0, 256).Select(Find)];
    private static readonly OperandType?[] TwoBytes = [.. Enumerable.Range(0xFE00, 256).Select(Find)];

    /// <summary>What follows the instruction; null where there is no such instruction.</summary>
    public static OperandType? OperandOf(int opcode) => opcode < 0x100 ? OneByte[opcode] : TwoBytes[opcode & 0xFF];

    /// <summary>How many bytes follow it; null where they say so themselves, as those of a switch.</summary>
    public static int? LengthOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineBrTarget or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => null,
        _ => 4,
    };

    private static OperandType? Find(int opcode) => Operands.TryGetValue(opcode, out var operand) ? operand : null;
}
