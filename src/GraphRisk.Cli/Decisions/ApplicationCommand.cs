using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Server.Security;
using GraphRisk.Workflow.Decisions;

namespace GraphRisk.Cli.Decisions;

/// <summary><c>graphrisk application</c>: applications for financing, from the filing to the decision.</summary>
internal static class ApplicationCommand
{
    public static Command Build(Host host)
    {
        var commands = new CaseCommands(host, CaseKind.Application, new Dictionary<Role, string> { [Role.Broker] = "admission", [Role.Client] = "own-record" })
        {
            Columns = [CaseCommands.Column("product", "product"), CaseCommands.Column("asked for", "amount"), CaseCommands.Column("line", "creditLine")],
        };
        var command = new Command("application", "Applications for financing: file one, list them, ask and answer, approve by one person or two, decline, withdraw.") { BuildApply(commands) };
        foreach (var one in commands.All()) command.Add(one);
        return command;
    }

    private static ExampleCommand BuildApply(CaseCommands commands)
    {
        var client = new Option<string?>("--client") { Description = "The client an officer applies for.", HelpName = "ID" };
        var broker = new Option<string?>("--broker") { Description = "The broker a client applies to, such as B001.", HelpName = "CODE" };
        var product = new Option<string>("--product") { Description = "What is asked for: margin, pledge or repo.", Required = true, HelpName = "margin|pledge|repo" };
        product.AcceptOnlyFromAmong("margin", "pledge", "repo");
        var amount = new Option<decimal?>("--amount") { Description = "Yuan asked for; absent for as much as may be.", HelpName = "N" };
        var term = new Option<int?>("--term-in-days") { Description = "Days to repayment.", HelpName = "N" };
        var offers = new Option<string[]>("--offer") { Description = "A security offered as collateral, with how many: 600519.SH=1000; may be given several times.", HelpName = "CODE=N" };
        var share = new Option<decimal?>("--share-of-broker") { Description = "Part of the broker's own shares the client declares to hold, 0 to 1.", HelpName = "X" };
        var affiliate = new Option<bool?>("--affiliate") { Description = "Whether the client declares to be an affiliate of the broker: true or false.", HelpName = "true|false" };
        var guarantor = new Option<string?>("--guarantor") { Description = "Who guarantees for all of it.", HelpName = "ID" };
        var use = new Option<string?>("--use") { Description = "What the money is for.", HelpName = "TEXT" };
        var (actor, carried, key) = (commands.Actor(), commands.Carried("apply"), CaseCommands.Key());
        var command = new ExampleCommand("apply", "File an application: an officer's for a client of the broker, or with --role client a client's own.",
            "application apply --of B001 --by li.wei --client Person/broker-B001:0010000074 --product margin --amount 500000 --term-in-days 180 --share-of-broker 0 --affiliate false",
            "application apply --role client --of Person/broker-B001:0010000074 --broker B001 --product pledge --amount 6000000 --offer 600519.SH=10000")
        { client, broker, product, amount, term, offers, share, affiliate, guarantor, use, key };
        foreach (var (_, option) in carried) command.Add(option);
        CaseCommands.Add(command, actor);
        command.SetAction((parsed, cancellation) => commands.RunAsync(parsed, actor, null, async session =>
        {
            var application = new JsonObject { ["product"] = parsed.GetValue(product)!.ToUpperInvariant() };
            if (parsed.GetValue(amount) is { } asked) application["amount"] = asked;
            if (parsed.GetValue(term) is { } days) application["termInDays"] = days;
            if (parsed.GetValue(share) is { } part) application["shareOfBroker"] = part;
            if (parsed.GetValue(affiliate) is { } declared) application["isAffiliateOfBroker"] = declared;
            if (parsed.GetValue(guarantor) is { } party) application["guarantor"] = party;
            if (parsed.GetValue(offers) is { Length: > 0 } offered) application["collateral"] = new JsonArray([.. offered.Select(Offered)]);
            List<(string, string, JsonNode)> given = [("application", "FinancingApplicationInput!", application), ("key", "String!", CaseCommands.KeyOf(parsed, key)), .. CaseCommands.Read(parsed, carried)];
            if (parsed.GetValue(client) is { } whom) given.Add(("client", "ID!", whom));
            if (parsed.GetValue(broker) is { } code) given.Add(("broker", "ID!", code));
            if (parsed.GetValue(use) is { } what) given.Add(("purpose", "String!", what));
            await commands.TellAsync(await session.CommandAsync("apply", given, cancellation), parsed.GetValue(actor.Json));
        }, cancellation));
        return command;
    }

    private static JsonObject Offered(string typed) =>
        typed.Split('=') is [var code, var number] && decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var quantity)
            ? new JsonObject { ["security"] = code, ["quantity"] = quantity }
            : throw new UserErrorException($"--offer is '{typed}'; write CODE=N, such as 600519.SH=1000.");
}
