using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>Where the branches of a method lead to. Made only where somebody asks: mostly nobody does.</summary>
internal sealed class BranchTargets(BlobReader code)
{
    private HashSet<int>? _targets;

    /// <summary>Whether a branch leads behind the first place, up to the last or to it.</summary>
    public bool LeadBetween(int first, int last)
    {
        _targets ??= Find(code);
        return _targets.Any(t => t > first && t <= last);
    }

    private static HashSet<int> Find(BlobReader code)
    {
        var targets = new HashSet<int>();
        while (code.RemainingBytes > 0)
        {
            var instruction = Instruction.Read(ref code);
            if (instruction.Operand is OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget) targets.Add(code.Offset + (int)instruction.Value);
            else if (instruction.Operand == OperandType.InlineSwitch)
            {
                var end = code.Offset;
                var table = code;
                table.Offset = end - (4 * (int)instruction.Value);
                for (var i = 0; i < instruction.Value; i++) targets.Add(end + table.ReadInt32());
            }
        }

        return targets;
    }
}
