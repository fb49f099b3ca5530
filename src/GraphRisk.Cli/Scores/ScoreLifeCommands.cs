using System.CommandLine;
using System.Text.Json.Nodes;
using GraphRisk.Cli.Commands;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;

namespace GraphRisk.Cli.Scores;

/// <summary><c>graphrisk score history</c> and <c>graphrisk score why</c>: the life of a client's score as it was filed, and why it is another than it was.</summary>
internal static class ScoreLifeCommands
{
    private const string Change = """
        { text(language: $language) points modelChanged model baseline ownRisk contagion filedBefore filedAfter recordsComplete before { score grade probabilityOfDefault modelVersion } after { score grade probabilityOfDefault modelVersion }
          reasons(language: $language) { feature title scope points text byTime before { value band points effect } after { value band points effect } records(first: 20) { event type } }
          records(first: 100) { event type kind isOwn fields before { id } after { id } from { id } to { id } about { id } } }
        """;

    private const string History = $$"""
        query($client: ID!, $from: Date, $to: Date, $why: Boolean!, $language: Language!) { scoreHistory(client: $client, from: $from, to: $to) { stamp { asOf knownAt }
          steps(first: 100) { day filedAt dayBefore scoreBefore score gradeBefore grade probabilityBefore probabilityOfDefault modelBefore model why @include(if: $why) {{Change}} } } }
        """;

    private const string Why = $$"""
        query($client: ID!, $from: Date!, $to: Date, $language: Language!) { whyChanged(client: $client, from: $from, to: $to) {{Change}} }
        """;

    /// <summary>The life of a score.</summary>
    public static ExampleCommand BuildHistory(Host host)
    {
        var client = Client();
        var (from, to) = (AskedAs.Day("--from", "First day; all there are where absent."), AskedAs.Day("--to", "Last day; the last day the sources speak of where absent."));
        var why = new Option<bool>("--why") { Description = "Tell of each change by which events and through which reasons: both days are computed again from the versions of the store they name." };
        var command = new ExampleCommand("history",
            "The life of a client's score as it was filed ('score --file', 'day'): when, from, to, grade and model; with --why the events that moved it and what each reason moved.",
            "score history Person/registry:P000123", "score history Person/registry:P000123 --from 2025-01-01 --why --language ZH", "score history Person/broker-B001:0010000074 --role broker --of B001 --json")
        { client, from, to, why };
        return new AskedAs(host, AskedAs.AboutScores).On(
            command, History, "scoreHistory",
            parsed => [("client", parsed.GetValue(client)), ("from", AskedAs.Of(parsed.GetValue(from))), ("to", AskedAs.Of(parsed.GetValue(to))), ("why", parsed.GetValue(why))],
            (terminal, found) =>
            {
                var steps = AskedAs.Rows(found["steps"]).ToList();
                terminal.WriteTable("The score as it was filed", ["day", "from", "to", "grade from", "grade to", "model"], steps.Select(step => (IReadOnlyList<string>)
                    [$"{step["day"]}", $"{step["scoreBefore"]}", $"{step["score"]}", $"{step["gradeBefore"]}", $"{step["grade"]}", $"{step["model"]}"]));
                foreach (var step in steps.Where(step => step["why"] is not null)) Write(terminal, $"{step["dayBefore"]} to {step["day"]}", step["why"]!);
                if (steps.Count == 0) terminal.WriteLine("No score of the client was filed in that time.");
            });
    }

    /// <summary>Why a score is another than it was.</summary>
    public static ExampleCommand BuildWhy(Host host)
    {
        var client = Client();
        var from = new Option<DateOnly>("--from") { Description = "The first day.", HelpName = "YYYY-MM-DD", Required = true };
        var to = AskedAs.Day("--to", "The second day; the last day the sources speak of where absent.");
        var command = new ExampleCommand("why",
            "Why a client's score is another than it was: score, grade and probability on two days, what another model, its own facts and those it is tied to moved, reason by reason, and the records that made it, as whoever asks may know them.",
            "score why Person/registry:P000123 --from 2025-06-30", "score why Person/registry:P000123 --from 2025-06-30 --to 2025-09-30 --language ZH", "score why Person/broker-B001:0010000074 --from 2025-06-30 --role broker --of B001 --json")
        { client, from, to };
        return new AskedAs(host, AskedAs.AboutScores).On(
            command, Why, "whyChanged", parsed => [("client", parsed.GetValue(client)), ("from", AskedAs.Of(parsed.GetValue(from))), ("to", AskedAs.Of(parsed.GetValue(to)))],
            (terminal, found) => Write(terminal, "Why the score changed", found));
    }

    private static Argument<string> Client() => new("client") { Description = "The client, as Type/Key or an id of this server." };

    private static void Write(Terminal terminal, string title, JsonNode change)
    {
        terminal.WriteFigures(title,
        [
            ("score", $"{change["before"]!["score"]} {change["before"]!["grade"]} to {change["after"]!["score"]} {change["after"]!["grade"]}"),
            ("probability", $"{change["before"]!["probabilityOfDefault"]} to {change["after"]!["probabilityOfDefault"]}"),
            ("points", AskedAs.Points(change["points"])), ("by another model", AskedAs.Points(change["model"])),
            ("by its own facts", AskedAs.Points(change["ownRisk"])), ("by those it is tied to", AskedAs.Points(change["contagion"])),
        ]);
        terminal.WriteLine($"{change["text"]}");
        terminal.WriteTable("Reasons", ["points", "scope", "what", "records"], AskedAs.Rows(change["reasons"]).Select(reason => (IReadOnlyList<string>)
            [AskedAs.Points(reason["points"]), $"{reason["scope"]}", $"{reason["text"]}", Told(reason)]));
        terminal.WriteTable("Events", ["event", "how", "what", "fields", "about"], AskedAs.Rows(change["records"]).Select(record => (IReadOnlyList<string>)
        [
            $"{record["event"]}", $"{record["kind"]}", record["from"] is null ? $"{record["type"]}" : $"{record["type"]} {record["from"]!["id"]} {record["to"]!["id"]}",
            string.Join(", ", AskedAs.Rows(record["fields"])), $"{record["about"]!["id"]}",
        ]));
    }

    private static string Told(JsonNode reason) =>
        reason["byTime"]?.GetValue<bool>() == true ? "time" : string.Join(", ", AskedAs.Rows(reason["records"]).GroupBy(record => $"{record["event"]}").Select(kind => $"{kind.Key} x{kind.Count()}"));
}
