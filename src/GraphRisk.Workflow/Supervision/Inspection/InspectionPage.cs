using System.Globalization;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Monitoring.Pages;
using GraphRisk.Scoring.Texts;
using GraphRisk.Workflow.Admission;
using static GraphRisk.Scoring.Monitoring.Pages.Page;

namespace GraphRisk.Workflow.Supervision.Inspection;

/// <summary>An inspected case as a page: moves, each recommendation in the words it had then, what happened since. Without clock or path, so the same case at the same instants is the same bytes.</summary>
public static class InspectionPage
{
    private const string Name = "inspection";

    /// <summary>Fields that are parts of a whole.</summary>
    private static readonly string[] Shares = ["annualRate", "lossGivenDefault", "shareOfBroker", "probability"];

    /// <param name="one">The case.</param>
    /// <param name="nodes">The nodes it was read from.</param>
    /// <param name="asOf">Instant in the world it was read at.</param>
    /// <param name="knownAt">Up to when knowledge counts.</param>
    /// <param name="language">Language of the page.</param>
    public static string Write(CaseInspection one, NodeTable nodes, DateTimeOffset asOf, DateTimeOffset knownAt, Language language)
    {
        var (page, words) = (new Page(TextCatalogue.Of(typeof(InspectionPage).Assembly, Name, language), Name), CodeWords.In(language));
        page.Section("case");
        page.Figures(page.Say("case"),
            ("kind", words.WithCode(one.Kind)), ("reference", one.Reference), ("state", words.WithCode(one.State)), ("client", one.Parties.Client), ("broker", one.Parties.Broker ?? page.Say("supervisor")),
            ("table", one.Fault ?? page.Say("sound")), ("asof", Instant(asOf)), ("known", Instant(knownAt)));
        Said(page, page.Say("said"), one.Said, words);
        page.Section("moves");
        page.Table(page.Say("moves"), [page.Say("serial"), page.Say("move"), page.Say("at"), page.Say("part"), page.Say("person"), page.Say("to"), page.Say("carried"), page.Say("reason"), page.Say("against")],
            one.Moves.Select(move => (IReadOnlyList<string>)
            [
                Count(move.Made.Serial), words.WithCode(move.Made.Move), Instant(move.Made.At), page.Say($"part.{move.Made.Part}"), move.Made.Person ?? "–", words.WithCode(move.Made.To),
                string.Join("; ", move.Made.Carried.Where(carried => carried.Name != "reason").Select(carried => $"{words.Of(carried.Name)} {ShownOf(page, carried, words)}")) is { Length: > 0 } told ? told : "–", move.Reason ?? "–",
                move.IsAgainst is { } against ? page.Say(against ? "yes" : "no") : "–",
            ]));
        foreach (var move in one.Moves)
            if (move.Known is { } known) Add(page, move, known, language, words);
        After(page, one.After, nodes, words);
        return page.Write(page.Say("title", one.Reference), language == Language.Chinese ? "zh-CN" : "en");
    }

    private static void Add(Page page, InspectedMove move, KnownThen known, Language language, CodeWords words)
    {
        var title = page.Say("then", move.Made.Serial, words.Of(move.Made.Move));
        page.Section("briefing");
        page.Figures(title,
            ("advice", words.WithCode(known.Advice)), ("asof", Instant(known.AsOf)), ("known", Instant(known.KnownAt)), ("version", known.StoreVersion?.ToString(CultureInfo.InvariantCulture) ?? "–"),
            ("model", known.Model ?? page.Say("none")), ("rules", known.Rules), ("hash", known.Hash), ("intact", page.Say(known.IsIntact ? "yes" : "no")));
        if (known.Document is not { } kept) return;
        page.Figures(page.Say("recommended"),
            ("score", Count(kept.Score.Score)), ("grade", kept.Score.Grade), ("pd", Percent(kept.Score.ProbabilityOfDefault)), ("guarantor", kept.Guarantor ?? "–"),
            ("line", Money(kept.Recommendation.CreditLine)), ("rate", Percent((double?)kept.Recommendation.AnnualRate)), ("second", page.Say(kept.Recommendation.NeedsSecondPerson ? "yes" : "no")));
        var texts = AdmissionText.In(language);
        page.Table(page.Say("checks"), [page.Say("check"), page.Say("result"), page.Say("found")], kept.Recommendation.Checks.Select(check => (IReadOnlyList<string>)
            [texts.TitleOf(check), words.Of(check.Passed switch { true => "passed", false => "failed", _ => "untold" }), texts.Of(check)]));
        page.Table(page.Say("words"), [page.Say("line.number"), page.Say("words")],
            kept.Words[language.ToString()].Select((line, i) => (IReadOnlyList<string>)[Count(i + 1), line]));
    }

    private static void After(Page page, Aftermath after, NodeTable nodes, CodeWords words)
    {
        page.Section("after");
        page.Figures(page.Say("after"),
            ("since", Day(after.Since)), ("defaulted", after.DefaultedOn is { } day ? Day(day) : page.Say("never")), ("cured", after.CuredOn is { } cure ? Day(cure) : "–"), ("owed", Money(after.OwedToBroker)));
        if (!after.Events.IsEmpty)
            page.Table(page.Say("events"), [page.Say("day"), page.Say("event")], after.Events.Select(one => (IReadOnlyList<string>)[Day(one.Day), words.WithCode(CreditEvents.NameOf(one.Kind))]));
        if (!after.LaterCases.IsEmpty)
            page.Table(page.Say("later"), [page.Say("day"), page.Say("kind"), page.Say("reference"), page.Say("state")],
                after.LaterCases.Select(node => (IReadOnlyList<string>)
                    [nodes.GetDate(node, "filedOn") is { } day ? Day(day) : "–", words.WithCode(nodes.TypeOf(node).Name), nodes.GetString(node, "reference") ?? "–", words.WithCode(nodes.GetString(node, "state") ?? "–")]));
    }

    /// <summary>What a case says of itself: what was asked for, approved, claimed, received, lost.</summary>
    private static void Said(Page page, string caption, Properties said, CodeWords words) => page.Table(
        caption, [page.Say("what"), page.Say("value")], said.Select(one => (IReadOnlyList<string>)[words.WithCode(one.Name), ShownOf(page, one, words)]));

    private static string ShownOf(Page page, Property one, CodeWords words) => one.Value.AsObject() switch
    {
        decimal part when Shares.Contains(one.Name) => Percent((double)part),
        decimal number => number.ToString("#,0.######", CultureInfo.InvariantCulture),
        DateOnly day => Day(day),
        DateTimeOffset at => Instant(at),
        bool truth => page.Say(truth ? "yes" : "no"),
        string text => words.WithCode(text),
        IEnumerable<string> several => string.Join(", ", several),
        var other => Convert.ToString(other, CultureInfo.InvariantCulture)!,
    };

    private static string Money(decimal? amount) => amount?.ToString("N0", CultureInfo.InvariantCulture) ?? "–";
}
