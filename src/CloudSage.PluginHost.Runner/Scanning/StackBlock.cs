using System.Reflection.Metadata;

namespace CloudSage.PluginHost.Runner.Scanning;

/// <summary>
/// Follows how memory is taken from the stack. <c>Span&lt;byte&gt; buffer = stackalloc byte[16]</c> is safe code: a constant size, at once made a span
/// that is no longer. What is taken in any other way is unsafe.
/// </summary>
internal sealed class StackBlock
{
    private State _state;
    private long _size;
    private int _length;
    private int _begin;

    private enum State { None, Size, Unsigned, Taken, Length }

    /// <summary>Whether nothing is under way.</summary>
    public bool IsIdle => _state == State.None;

    /// <summary>Whether nothing is under way, and the instruction begins nothing: so it is with most.</summary>
    public bool IsCalm(in Instruction instruction) => IsIdle && instruction.Code != ILOpCode.Localloc && instruction.Constant is null;

    /// <summary>Goes one instruction on.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="span">What it makes, where it makes a span of memory; null for any other instruction.</param>
    /// <param name="targets">Where branches lead.</param>
    /// <returns>Whether memory was taken in a way that is unsafe, and whether the span that this instruction makes is safe.</returns>
    public (bool IsUnsafe, bool IsSafeSpan) Follow(in Instruction instruction, MemberUse? span, BranchTargets targets)
    {
        if (_state == State.Length && span is { ArgumentSize: > 0 } made && _length >= 0 && (long)_length * made.ArgumentSize <= _size && !targets.LeadBetween(_begin, instruction.Offset))
        {
            _state = State.None;
            return (false, true);
        }

        var wasTaken = _state is State.Taken or State.Length;
        switch (_state, instruction)
        {
            case (State.Taken, { Constant: { } length }):
                (_state, _length) = (State.Length, length);
                return (false, false);
            case (State.Size, { Code: ILOpCode.Conv_u }):
                _state = State.Unsigned;
                return (false, false);
            case (State.Unsigned, { Code: ILOpCode.Localloc }):
                _state = State.Taken;
                return (false, false);
            case (_, { Code: ILOpCode.Localloc }):
                _state = State.None;
                return (true, false);
            case (_, { Constant: { } size and >= 0 }):
                (_state, _size, _begin) = (State.Size, size, instruction.Offset);
                return (wasTaken, false);
            default:
                _state = State.None;
                return (wasTaken, false);
        }
    }
}
