using System.CommandLine;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Decisions;

/// <summary><c>graphrisk complaint</c>: complaints, from the filing to the archive.</summary>
internal static class ComplaintCommand
{
    public static Command Build(Host host)
    {
        var commands = new CaseCommands(host, CaseKind.Complaint, new Dictionary<Role, string> { [Role.Broker] = "complaint", [Role.Client] = "complaint", [Role.Regulator] = "complaint" })
        {
            Columns = [CaseCommands.Column("about", "about"), CaseCommands.Column("field", "disputedField"), CaseCommands.Column("due on", "dueOn")],
        };
        var command = new Command("complaint", "Complaints: file one, list them, acknowledge, classify, assign, extend once, uphold or reject, put away.") { BuildComplain(commands) };
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }

    private static ExampleCommand BuildComplain(CaseCommands commands)
    {
        var about = new Option<string>("--about") { Description = "What it is about: record, score or decision.", Required = true, HelpName = "record|score|decision" };
        about.AcceptOnlyFromAmong("record", "score", "decision");
        var text = new Option<string>("--text") { Description = "What is complained of.", Required = true, HelpName = "TEXT" };
        var record = new Option<string?>("--record") { Description = "The record that has the value, or the case with the decision.", HelpName = "ID" };
        var field = new Option<string?>("--field") { Description = "The field of the record whose value is disputed.", HelpName = "NAME" };
        var client = new Option<string?>("--client") { Description = "The client an officer files for.", HelpName = "ID" };
        var (actor, carried, key) = (commands.Actor(), commands.Carried("complain"), CaseCommands.Key());
        var command = new ExampleCommand("complain", "File a complaint: a client's own with --role client, or an officer's for a client of the broker.",
            "complaint complain --role client --of Person/broker-B001:0010000074 --about score --text \"it does not know that I paid\"",
            "complaint complain --of B001 --by li.wei --client Person/broker-B001:0010000074 --about record --record MarginContract/broker-B001:M1 --field debt --text \"repaid in May\"")
        { about, text, record, field, client, key };
        foreach (var (_, option) in carried) command.Add(option);
        CaseCommands.Add(command, actor);
        command.SetAction((parsed, cancellation) => commands.RunAsync(parsed, actor, null, async session =>
        {
            List<(string, string, JsonNode)> given =
            [
                ("about", "ComplaintAbout!", parsed.GetValue(about)!.ToUpperInvariant()), ("text", "String!", parsed.GetValue(text)!), ("key", "String!", CaseCommands.KeyOf(parsed, key)),
                .. CaseCommands.Read(parsed, carried),
            ];
            if (parsed.GetValue(record) is { } disputed) given.Add(("record", "ID!", disputed));
            if (parsed.GetValue(field) is { } name) given.Add(("field", "String!", name));
            if (parsed.GetValue(client) is { } whom) given.Add(("client", "ID!", whom));
            await commands.TellAsync(await session.CommandAsync("complain", given, cancellation), parsed.GetValue(actor.Json));
        }, cancellation));
        return command;
    }
}
