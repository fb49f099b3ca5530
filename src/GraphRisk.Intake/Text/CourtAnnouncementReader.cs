using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Mapping;
using GraphRisk.Matching.Names;

namespace GraphRisk.Intake.Text;

/// <summary>
/// Takes facts from the text of a court announcement: the parties it names with their roles, the case numbers, and the amount.
/// A party is one of this document alone, but a company named in full (place, name and legal form, or a name of the whole country)
/// is one for all texts of the source: by the rules of registration nobody else has that name. Every fact carries the span it was read from. Who the parties are is
/// for resolution; masked names make no party.
/// </summary>
internal sealed class CourtAnnouncementReader : IFactReader
{
    /// <summary>Facts read from running text stand apart from those of the columns.</summary>
    private const string Part = "/text";

    public void Read(in FactReaderInput input, List<Fact> facts)
    {
        var text = input.Value("text");
        var announcement = CourtAnnouncement.Read(text, input.Value("kind"));
        var key = $"{input.Context.File[0]}:{input.Provenance.RecordKey}";
        var document = new NodeId("Document", key);
        var validity = facts.OfType<NodeFact>().Last(fact => fact.Node == document).Validity;
        var said = input.Provenance with { Source = input.Provenance.Source + Part };
        var cases = AddCases(input, facts, announcement, document, validity, said);
        var named = announcement.Parties.Where(party => !MaskedName.Is(party.Name)).ToList();
        var numbers = named.Select(party => party.Name).Distinct(StringComparer.Ordinal).Select((name, i) => (name, Number: i + 1))
            .ToDictionary(pair => pair.name, pair => pair.Number, StringComparer.Ordinal);
        foreach (var party in named)
        {
            var id = new NodeId(party.Shape.ToString(), KeyOf(input, party) ?? $"{key}#{numbers[party.Name]}");
            var spot = said with { Span = new TextSpan(party.Start, party.End) };
            var role = Properties.Of(("role", PropertyValue.Of(party.Role)));
            if (!facts.Exists(fact => fact is NodeFact node && node.Node == id))
                facts.Add(new NodeFact(id, Properties.Of(("name", PropertyValue.Of(party.Name))), validity, spot));
            facts.Add(new RelationshipFact("MENTIONS", document, id, party.Role, role, validity, spot));
            foreach (var courtCase in cases)
                facts.Add(new RelationshipFact("PARTY_TO", id, courtCase, $"{key}/{party.Role}", role, validity, spot));
        }
    }

    /// <summary>The key of a company by its full registered name; null for other parties.</summary>
    private static string? KeyOf(in FactReaderInput input, TextParty party) =>
        party.Shape.ToString() == "Company" && (CompanyNames.RegisteredName(party.Name) ?? CompanyNames.NationalName(party.Name)) is { } name
            ? $"{input.Context.File[0]}:{name}" : null;

    /// <summary>The cases the text is about; the one the index names, where the text names none.</summary>
    private static List<NodeId> AddCases(
        in FactReaderInput input, List<Fact> facts, CourtAnnouncement announcement, NodeId document, Validity validity, Provenance said)
    {
        var cases = new List<NodeId>();
        foreach (var (number, start, end) in announcement.CaseNumbers.DistinctBy(found => found.Number.Text))
        {
            var id = new NodeId("CourtCase", number.Text);
            cases.Add(id);
            var spot = said with { Span = new TextSpan(start, end) };
            facts.Add(new NodeFact(id, Properties.Of(("caseNumber", PropertyValue.Of(number.Text))), validity, spot));
            facts.Add(new RelationshipFact("REPORTS", document, id, "", Properties.None, validity, spot));
        }

        if (cases.Count == 0 && CaseNumber.Parse(input.Value("case_no")) is { } indexed) cases.Add(new NodeId("CourtCase", indexed.Text));
        if (announcement.Amount is { } amount && cases is [var first, ..])
        {
            facts.Add(new NodeFact(
                first,
                Properties.Of(
                    ("caseNumber", PropertyValue.Of(first.Key)), ("amount", PropertyValue.Of(amount.Value)), ("currency", PropertyValue.Of(amount.Currency))),
                validity, said with { Span = new TextSpan(amount.Start, amount.End) }));
        }

        return cases;
    }
}
