using System.Globalization;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Scoring.Texts;
using static GraphRisk.Scoring.Monitoring.Pages.Page;

namespace GraphRisk.Workflow.Supervision.Inspection;

/// <summary>An inspected case as a page: moves, each recommendation in the words it had then, what happened since. Without clock or path, so the same case at the same instants is the same bytes.</summary>
public static class InspectionPage
{
    private const string Name = "inspection";

    /// <param name="one">The case.</param>
    /// <param name="nodes">The nodes it was read from.</param>
    /// <param name="asOf">Instant in the world it was read at.</param>
    /// <param name="knownAt">Up to when knowledge counts.</param>
    /// <param name="language">Language of the page.</param>
    public static string Write(CaseInspection one, NodeTable nodes, DateTimeOffset asOf, DateTimeOffset knownAt, Language language)
    {
        var page = new Page(TextCatalogue.Of(typeof(InspectionPage).Assembly, Name, language), Name);
        page.Section("case");
        page.Figures(page.Say("case"),
            ("kind", one.Kind), ("reference", one.Reference), ("state", one.State), ("client", one.Parties.Client), ("broker", one.Parties.Broker ?? page.Say("supervisor")),
            ("table", one.Fault ?? page.Say("sound")), ("asof", Instant(asOf)), ("known", Instant(knownAt)));
        page.Section("moves");
        page.Table(page.Say("moves"), [page.Say("serial"), page.Say("move"), page.Say("at"), page.Say("part"), page.Say("person"), page.Say("to"), page.Say("reason"), page.Say("against")],
            one.Moves.Select(move => (IReadOnlyList<string>)
            [
                Count(move.Made.Serial), move.Made.Move, Instant(move.Made.At), page.Say($"part.{move.Made.Part}"), move.Made.Person ?? "–", move.Made.To, move.Reason ?? "–",
                move.IsAgainst is { } against ? page.Say(against ? "yes" : "no") : "–",
            ]));
        foreach (var move in one.Moves)
            if (move.Known is { } known) Add(page, move, known, language);
        After(page, one.After, nodes);
        return page.Write(page.Say("title", one.Reference), language == Language.Chinese ? "zh-CN" : "en");
    }

    private static void Add(Page page, InspectedMove move, KnownThen known, Language language)
    {
        var title = page.Say("then", move.Made.Serial, move.Made.Move);
        page.Section("briefing");
        page.Figures(title,
            ("advice", known.Advice), ("asof", Instant(known.AsOf)), ("known", Instant(known.KnownAt)), ("version", known.StoreVersion?.ToString(CultureInfo.InvariantCulture) ?? "–"),
            ("model", known.Model ?? page.Say("none")), ("rules", known.Rules), ("hash", known.Hash), ("intact", page.Say(known.IsIntact ? "yes" : "no")));
        if (known.Document is not { } kept) return;
        page.Figures(page.Say("recommended"),
            ("score", Count(kept.Score.Score)), ("grade", kept.Score.Grade), ("pd", Percent(kept.Score.ProbabilityOfDefault)), ("guarantor", kept.Guarantor ?? "–"),
            ("line", Money(kept.Recommendation.CreditLine)), ("rate", Percent((double?)kept.Recommendation.AnnualRate)), ("second", page.Say(kept.Recommendation.NeedsSecondPerson ? "yes" : "no")));
        page.Table(page.Say("words"), [page.Say("line.number"), page.Say("words")],
            kept.Words[language.ToString()].Select((line, i) => (IReadOnlyList<string>)[Count(i + 1), line]));
    }

    private static void After(Page page, Aftermath after, NodeTable nodes)
    {
        page.Section("after");
        page.Figures(page.Say("after"),
            ("since", Day(after.Since)), ("defaulted", after.DefaultedOn is { } day ? Day(day) : page.Say("never")), ("cured", after.CuredOn is { } cure ? Day(cure) : "–"), ("owed", Money(after.OwedToBroker)));
        if (!after.Events.IsEmpty)
            page.Table(page.Say("events"), [page.Say("day"), page.Say("event")], after.Events.Select(one => (IReadOnlyList<string>)[Day(one.Day), CreditEvents.NameOf(one.Kind)]));
        if (!after.LaterCases.IsEmpty)
            page.Table(page.Say("later"), [page.Say("day"), page.Say("kind"), page.Say("reference"), page.Say("state")],
                after.LaterCases.Select(node => (IReadOnlyList<string>)
                    [nodes.GetDate(node, "filedOn") is { } day ? Day(day) : "–", nodes.TypeOf(node).Name, nodes.GetString(node, "reference") ?? "–", nodes.GetString(node, "state") ?? "–"]));
    }

    private static string Money(decimal? amount) => amount?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}
