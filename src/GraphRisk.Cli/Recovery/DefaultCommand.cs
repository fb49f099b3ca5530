using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Decisions;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Recovery;

/// <summary><c>graphrisk default</c>: defaults, from the filing to what was lost.</summary>
internal static class DefaultCommand
{
    private const string Name = "default";

    private static readonly RoundCommand Derive = new(
        "derive", "File the defaults that follow from what is recorded at the close of a day: contracts in default by record, margin calls that passed unmet, terms that passed unpaid. A broker's own contracts; as the regulator those of all. Given again it files nothing.",
        "deriveDefaults", ["derived"], "default derive --date 2025-09-30");

    public static Command Build(Host host)
    {
        var filing = new CaseCommands(host, CaseKind.Default, new Dictionary<Role, string> { [Role.Regulator] = "supervision", [Role.Broker] = "default-disposal" }, Name);
        var commands = new CaseCommands(host, CaseKind.Default, new Dictionary<Role, string> { [Role.Broker] = "default-disposal", [Role.Client] = "own-record", [Role.Regulator] = "default-disposal" }, Name)
        {
            Columns = [CaseCommands.Column("defaulted on", "defaultedOn"), CaseCommands.Column("claim", "amount"), CaseCommands.Column("owed", "owed"), CaseCommands.Column("due on", "dueOn")],
        };
        var command = new Command(Name, "Defaults: derive or declare them, list them, give notice, object, report, file sales and payments by the order of claims, cure, close with what was lost.") { Derive.Build(filing), BuildDeclare(commands) };
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }

    private static ExampleCommand BuildDeclare(CaseCommands commands)
    {
        var contract = new Option<string>("--contract") { Description = "The contract, as Type/Key or an id of this server.", Required = true, HelpName = "ID" };
        var on = new Option<DateOnly>("--on") { Description = "Day of the default.", Required = true, HelpName = "YYYY-MM-DD" };
        var amount = new Option<decimal?>("--amount") { Description = "Yuan owed on that day; what the last statement says where absent.", HelpName = "N" };
        var interest = new Option<decimal?>("--interest") { Description = "Of it interest and fees.", HelpName = "N" };
        var cause = new Option<string>("--cause") { Description = "What it was caused by: collateral, liquidity, unwilling, linked_party, fraud, insolvency, other or unknown.", Required = true, HelpName = "CAUSE" };
        var (actor, carried, key) = (commands.Actor(), commands.Carried("declare"), CaseCommands.Key());
        var command = new ExampleCommand("declare", "Declare a default on a contract of the broker's.", "default declare --of B001 --by li.wei --contract MarginContract/broker-B001:M1 --on 2025-09-30 --cause collateral")
        { contract, on, amount, interest, cause, key };
        foreach (var (_, option) in carried) command.Add(option);
        CaseCommands.Add(command, actor);
        command.SetAction((parsed, cancellation) => commands.RunAsync(parsed, actor, null, async session =>
        {
            List<(string, string, JsonNode)> given =
            [
                ("contract", "ID!", parsed.GetValue(contract)!), ("on", "Date!", parsed.GetValue(on).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("cause", "DefaultCause!", parsed.GetValue(cause)!.ToUpperInvariant()),
                ("key", "String!", CaseCommands.KeyOf(parsed, key)), .. CaseCommands.Read(parsed, carried),
            ];
            if (parsed.GetValue(amount) is { } owed) given.Add(("amount", "Decimal!", owed));
            if (parsed.GetValue(interest) is { } part) given.Add(("interest", "Decimal!", part));
            await commands.TellAsync(await session.CommandAsync("declareDefault", given, cancellation), parsed.GetValue(actor.Json));
        }, cancellation));
        return command;
    }
}
