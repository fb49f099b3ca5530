using System.CommandLine;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security;

namespace GraphRisk.Cli.Recovery;

/// <summary><c>graphrisk assets</c>: what a client may be made to pay with, as whoever asks may know it.</summary>
internal static class AssetsCommand
{
    private const string Asked = """
        query($client: ID!, $besides: ID, $asOf: AsOf) { assets(client: $client, besides: $besides, asOf: $asOf) { client { id ... on Person { name } ... on Company { name } } count certainFree stamp { asOf knownAt }
          totals { kind certainty count value encumbered suspended free }
          assets { kind quantity value encumbered suspended free isSuspended isJoint account { id number } security { code name } contract { id contractNumber }
            holder { certainty party { id ... on Person { name } ... on Company { name } } chain { kind votes from { id } to { id } evidence { relationship from { id } to { id } } } }
            encumbrances { kind quantity contract { id contractNumber } creditor { code } } } } }
        """;

    private static readonly Dictionary<Role, string> Purposes = new() { [Role.Regulator] = "default-disposal", [Role.Broker] = "default-disposal", [Role.Client] = "own-record" };

    public static ExampleCommand Build(Host host)
    {
        var node = new Argument<string>("node") { Description = "The client, as Type/Key or an id of this server." };
        var besides = new Option<string?>("--besides") { Description = "A contract whose collateral is left out, being the creditor's already.", HelpName = "ID" };
        var role = new Option<Role>("--role") { Description = "As whom: regulator, broker, client.", DefaultValueFactory = _ => Role.Regulator };
        role.AcceptOnlyFromAmong([.. Purposes.Keys.Select(one => one.ToString().ToLowerInvariant())]);
        var of = new Option<string?>("--of") { Description = "The broker or client that asks, such as B001.", HelpName = "ID" };
        var reason = new Option<string?>("--reason") { Description = "Why names and numbers are to be shown; filed.", HelpName = "TEXT" };
        var (asOf, data, json) = (CommonOptions.AsOf(), CommonOptions.Data(), CommonOptions.Json());
        var command = new ExampleCommand("assets",
            "What a client may be made to pay with after a default: accounts, securities in them, pledged shares, what secures other contracts beyond what is owed; its own and, by look-through of control, of all in whose name they may stand. Encumbrance, suspension and how sure each link is are told apart, chains cited. A broker is told of what it keeps itself.",
            "assets Person/registry:P000123 --reason \"case 17\"",
            "assets Person/broker-B001:0010000074 --role broker --of B001 --besides MarginContract/broker-B001:M1 --json")
        { node, besides, role, of, reason, asOf, data, json };
        command.SetAction((parsed, cancellation) => QueryCommand.AskFolderAsync(
            host, parsed.FilledFolder(data, host), parsed.GetValue(role), parsed.GetValue(of),
            id => TokenCommand.ViewerOf(parsed.GetValue(role), id, Purposes[parsed.GetValue(role)], parsed.GetValue(reason)),
            async (endpoint, token) =>
            {
                using var http = new HttpClient();
                var variables = new JsonObject { ["client"] = parsed.GetValue(node), ["besides"] = parsed.GetValue(besides), ["asOf"] = parsed.GetValue(asOf)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) };
                var found = (await new AskedServer(endpoint, token, http).AskAsync(Asked, variables, cancellation))["assets"]!.AsObject();
                if (parsed.GetValue(json)) await host.Out.WriteLineAsync(found.ToJsonString(Json.Options));
                else Write(new Terminal(host.Out), found);
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    private static void Write(Terminal terminal, JsonObject found)
    {
        terminal.WriteTable("Assets", ["kind", "what", "number", "value", "encumbered", "suspended", "free", "held by", "link", "through", "rights of others"], Rows(found["assets"]).Select(asset => (IReadOnlyList<string>)
        [
            $"{asset["kind"]}", string.Join(" ", new[] { asset["account"]?["number"], asset["security"]?["code"], asset["contract"]?["contractNumber"] }.Where(part => part is not null)),
            $"{asset["quantity"]}", $"{asset["value"]}", $"{asset["encumbered"]}", $"{asset["suspended"]}", $"{asset["free"]}",
            $"{asset["holder"]!["party"]?["name"] ?? asset["holder"]!["party"]?["id"]}", $"{asset["holder"]!["certainty"]}", string.Join(" > ", Rows(asset["holder"]!["chain"]).Select(step => $"{step["kind"]}{(step["votes"] is { } votes ? $" {votes}" : "")}")),
            string.Join("; ", Rows(asset["encumbrances"]).Select(right => $"{right["kind"]} {right["quantity"]} {right["contract"]?["contractNumber"]} {right["creditor"]?["code"]}".TrimEnd())),
        ]));
        terminal.WriteTable("Sums by kind and certainty; those of different kinds are not to be added", ["kind", "link", "assets", "value", "encumbered", "suspended", "free"], Rows(found["totals"]).Select(total => (IReadOnlyList<string>)
            [$"{total["kind"]}", $"{total["certainty"]}", $"{total["count"]}", $"{total["value"]}", $"{total["encumbered"]}", $"{total["suspended"]}", $"{total["free"]}"]));
        terminal.WriteLine($"{found["count"]} assets as of {found["stamp"]!["asOf"]}; certain and free: {found["certainFree"]}.");
    }

    private static IEnumerable<JsonNode> Rows(JsonNode? list) => (list?.AsArray() ?? []).OfType<JsonNode>();
}
