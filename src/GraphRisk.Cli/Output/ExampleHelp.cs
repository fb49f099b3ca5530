using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using GraphRisk.Cli.Commands;

namespace GraphRisk.Cli.Output;

/// <summary>The usual help, and below it the examples of the command asked about.</summary>
internal sealed class ExampleHelp(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Puts itself in place of the help of a root command and of all below it.</summary>
    public static void Install(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        option.Action = new ExampleHelp((HelpAction)option.Action!);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ExampleCommand { Examples.Count: > 0 } command)
        {
            var writer = parseResult.InvocationConfiguration.Output;
            writer.WriteLine("Examples:");
            foreach (var example in command.Examples) writer.WriteLine("  graphrisk " + example);
            writer.WriteLine();
        }

        return result;
    }
}
