using System.Collections.Frozen;
using System.CommandLine;
using CloudSage.Cli.Codes;
using CloudSage.Terminal;

namespace CloudSage.Cli.Commands;

/// <summary><c>csg completion</c>: a script that lets a shell ask csg what can be typed next.</summary>
internal static class CompletionCommand
{
    // Each hands over the line and the place in it by the directive [suggest:N], and gets one proposal a line.
    private static readonly FrozenDictionary<string, string> Scripts = new Dictionary<string, string>
    {
        ["bash"] = """
            _csg() {
                local IFS=$'\n'
                COMPREPLY=($(compgen -W "$(csg "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -F _csg csg
            """,
        ["zsh"] = """
            #compdef csg
            _csg() {
                local -a proposals
                proposals=("${(@f)$(csg "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -a proposals
            }
            compdef _csg csg
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName csg -ScriptBlock {
                param($word, $line, $position)
                csg "[suggest:$position]" "$line" 2>$null | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static Command Create(TerminalOutput output)
    {
        var shell = new Argument<string>("SHELL") { Description = "The shell." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print a script that completes csg's commands in a shell.") { shell };
        command.SetAction(parsed =>
        {
            output.WriteLine(Scripts[parsed.GetRequiredValue(shell)].ReplaceLineEndings("\n"));
            return ExitCodes.Success;
        });
        return command;
    }
}
