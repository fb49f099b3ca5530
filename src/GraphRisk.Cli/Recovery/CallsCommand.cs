using System.CommandLine;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Decisions;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Recovery;

/// <summary><c>graphrisk calls</c>: margin calls, from the line that was touched to the day that passed.</summary>
internal static class CallsCommand
{
    private const string Name = "calls";

    private static readonly RoundCommand File = new(
        "file", "File what is due about margin calls at the close of a day: contracts at or below their line are called, calls whose line is restored are met, calls whose day lies behind have passed. A broker's own contracts; as the regulator those of all. Given again it files nothing.",
        "fileMarginCalls", ["called", "met", "passed"], "calls file --date 2025-09-30");

    public static Command Build(Host host)
    {
        var filing = new CaseCommands(host, CaseKind.MarginCall, new Dictionary<Role, string> { [Role.Regulator] = "supervision", [Role.Broker] = "monitoring" }, Name);
        var commands = new CaseCommands(host, CaseKind.MarginCall, new Dictionary<Role, string> { [Role.Broker] = "monitoring", [Role.Client] = "own-record", [Role.Regulator] = "supervision" }, Name)
        {
            Columns = [CaseCommands.Column("called on", "calledOn"), CaseCommands.Column("to add", "amount"), CaseCommands.Column("due on", "dueOn")],
        };
        var command = new Command(Name, "Margin calls: file what is due on a day, list them, find them met, put one off once, begin to sell, take one back.") { File.Build(filing) };
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }
}
