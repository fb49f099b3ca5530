using System.CommandLine;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Server.Security;

namespace GraphRisk.Cli.Scores;

/// <summary><c>graphrisk dossier</c>: what a know-your-client page shows of a client or an applicant, as whoever asks may know it.</summary>
internal static class DossierCommand
{
    private static readonly Dictionary<Role, string> Purposes = new() { [Role.Regulator] = "supervision", [Role.Broker] = "kyc", [Role.Client] = "own-record" };

    private const string Asked = """
        query($client: ID, $identifier: String, $name: String, $language: Language!) { dossier(client: $client, identifier: $identifier, name: $name) { stamp { asOf knownAt } isClient
          party { __typename id ... on Person { name } ... on Company { name uscc } records { source recordKey recordedAt } }
          candidates { __typename id ... on Person { name } ... on Company { name } } refused { part code why opens purposes }
          contracts { __typename id status openedOn debt } links { isComplete linked(first: 10) { nodes { id ... on Person { name } ... on Company { name } } } }
          lists { list kind publishedOn expiresOn } authorisations { id scope state } score { score grade probabilityOfDefault reasons(first: 5, language: $language) { text } } } }
        """;

    public static ExampleCommand Build(Host host)
    {
        var client = new Argument<string?>("client") { Description = "The party, as Type/Key or an id of this server.", Arity = ArgumentArity.ZeroOrOne };
        var identifier = new Option<string?>("--identifier") { Description = "In place of it an identifier, whole, that whoever asks may search by.", HelpName = "VALUE" };
        var name = new Option<string?>("--name") { Description = "In place of it its whole name, also a former or traditional one.", HelpName = "NAME" };
        var contents = new Option<bool>("--contents") { Description = "Show the records, contracts and linked parties one by one, not their number alone." };
        var command = new ExampleCommand("dossier",
            "What a know-your-client page shows of a client, or of an applicant who is nobody's client yet: identity, records, contracts, links, lists in force, score, authorisations; parts that are not open say why.",
            "dossier Person/registry:P000123", "dossier --identifier 91110000600037341L --role broker --of B001 --reason \"an applicant\"", "dossier --name 王伟 --json", "dossier Person/registry:P000123 --contents --language ZH")
        { client, identifier, name, contents };
        return new AskedAs(host, Purposes) { TakesRefusals = true }.On(
            command, Asked, "dossier", parsed => [("client", parsed.GetValue(client)), ("identifier", parsed.GetValue(identifier)), ("name", parsed.GetValue(name))],
            (terminal, found, parsed) =>
            {
                var party = found["party"];
                if (party is null)
                {
                    terminal.WriteTable("Several fit: ask by id", ["type", "name", "id"], AskedAs.Rows(found["candidates"]).Select(one => (IReadOnlyList<string>)[$"{one["__typename"]}", $"{one["name"]}", $"{one["id"]}"]));
                    return;
                }

                terminal.WriteFigures($"{party["__typename"]} {party["name"]}",
                [
                    ("id", $"{party["id"]}"), ("client", $"{found["isClient"]}"), ("records", $"{AskedAs.Rows(party["records"]).Count()}"), ("contracts", $"{AskedAs.Rows(found["contracts"]).Count()}"),
                    ("score", $"{found["score"]?["score"]} {found["score"]?["grade"]}"), ("linked", $"{AskedAs.Rows(found["links"]?["linked"]?["nodes"]).Count()}"),
                ]);
                if (parsed.GetValue(contents)) WriteContents(terminal, found, party);
                foreach (var reason in AskedAs.Rows(found["score"]?["reasons"])) terminal.WriteLine($"{reason["text"]}");
                terminal.WriteTable("Lists in force", ["list", "kind", "published", "until"], AskedAs.Rows(found["lists"]).Select(one => (IReadOnlyList<string>)[$"{one["list"]}", $"{one["kind"]}", $"{one["publishedOn"]}", $"{one["expiresOn"]}"]));
                terminal.WriteTable("Authorisations", ["scope", "state"], AskedAs.Rows(found["authorisations"]).Select(one => (IReadOnlyList<string>)[$"{one["scope"]}", $"{one["state"]}"]));
                terminal.WriteTable("Not open", ["part", "why", "what would open it"], AskedAs.Rows(found["refused"]).Select(one => (IReadOnlyList<string>)[$"{one["part"]}", $"{one["why"]}", $"{one["opens"]}"]));
            });
    }

    private static void WriteContents(Terminal terminal, JsonNode found, JsonNode party)
    {
        void Write(string title, JsonNode? rows, params (string Heading, string Field)[] columns) => terminal.WriteTable(
            title, [.. columns.Select(column => column.Heading)], AskedAs.Rows(rows).Select(row => (IReadOnlyList<string>)[.. columns.Select(column => $"{row[column.Field]}")]));

        Write("Records", party["records"], ("source", "source"), ("key", "recordKey"), ("recorded at", "recordedAt"));
        Write("Contracts", found["contracts"], ("type", "__typename"), ("id", "id"), ("status", "status"), ("opened on", "openedOn"), ("debt", "debt"));
        Write("Linked parties", found["links"]?["linked"]?["nodes"], ("name", "name"), ("id", "id"));
    }
}
