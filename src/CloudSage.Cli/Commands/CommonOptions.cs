using System.CommandLine;

namespace CloudSage.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    public static Option<string> Plugins() => NotEmpty(new("--plugins")
    {
        Description = "The plugin folder. Its plugins run in this process with every permission that their manifests ask for.",
        HelpName = "DIR",
        DefaultValueFactory = static _ => "plugins",
    });

    /// <summary>The plugin folder of a command that runs nothing.</summary>
    public static Option<string> Folder() => NotEmpty(new("--plugins") { Description = "The plugin folder.", HelpName = "DIR", DefaultValueFactory = static _ => "plugins" });

    public static Option<string> State() => NotEmpty(new("--state")
    {
        Description = "The host's state directory.", HelpName = "DIR", DefaultValueFactory = static _ => Path.Combine(".cloudsage", "state"),
    });

    public static Option<string> Output()
    {
        var option = new Option<string>("--output") { Description = "How to print the result: table or json.", DefaultValueFactory = static _ => "table" };
        return option.AcceptOnlyFromAmong("table", "json");
    }

    /// <summary>As it comes of a variable of the shell that is not set.</summary>
    private static Option<string> NotEmpty(Option<string> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var value }] && string.IsNullOrWhiteSpace(value)) result.AddError($"{option.Name} needs a name, and is empty.");
        });
        return option;
    }

    public static Option<bool> Verbose() => new("--verbose") { Description = "Tell on standard error what goes on." };

    public static Option<string[]> Settings() => new("--set")
    {
        Description = "A setting of a plugin; may be given several times.",
        HelpName = "PLUGIN.KEY=VALUE",
        DefaultValueFactory = static _ => [],
    };
}
