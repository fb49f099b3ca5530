using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Mapping;

namespace GraphRisk.Intake.Text;

/// <summary>
/// Takes facts from a penalty text. Investigation, prior notice and decision are states of one matter, so all documents of
/// a matter speak of one Penalty, whose latest state holds; its fine is the sum over the clauses. A party has one node
/// within the matter. When the matter is withdrawn nobody counts as penalised any more.
/// </summary>
internal sealed class PenaltyReader : IFactReader
{
    private const string Part = "/text";

    public void Read(in FactReaderInput input, List<Fact> facts)
    {
        var text = PenaltyText.Read(input.Value("text"));
        var source = input.Context.File[0];
        var document = new NodeId("Document", $"{source}:{input.Provenance.RecordKey}");
        var validity = facts.OfType<NodeFact>().Last(fact => fact.Node == document).Validity;
        var matter = $"{source}:{(input.Value("matter_no") is { Length: > 0 } number ? number : input.Provenance.RecordKey)}";
        var said = input.Provenance with { Source = input.Provenance.Source + Part };
        var state = input.Value("state");
        var penalty = new NodeId("Penalty", matter);
        facts.Add(new NodeFact(penalty, Describe(input, state, text), validity, said));
        var ids = text.Parties.ToDictionary(
            party => party.Party.Name, party => new NodeId(party.Party.Shape.ToString(), $"{matter}/{party.Party.Name}"), StringComparer.Ordinal);
        var penalised = state == "WITHDRAWN" ? validity with { To = validity.From.AddMilliseconds(1) } : validity;
        foreach (var party in text.Parties)
        {
            var id = ids[party.Party.Name];
            var spot = said with { Span = new TextSpan(party.Party.Start, party.Party.End) };
            facts.Add(new NodeFact(id, Describe(party), validity, spot));
            facts.Add(new RelationshipFact("MENTIONS", document, id, "", Properties.Of(("role", PropertyValue.Of(party.Party.Role))), validity, spot));
            facts.Add(new RelationshipFact("PENALISED", id, penalty, "", Properties.None, penalised, spot));
            if (party is { Office: { } office, OfficeAt: { } at } && id.Type == "Person")
                facts.Add(new RelationshipFact(
                    "RELATED_TO", id, ids[at], "office", Properties.Of(("kind", PropertyValue.Of($"时任{office}"))), validity, spot));
        }
    }

    private static Properties Describe(in FactReaderInput input, string state, PenaltyText text)
    {
        var values = new List<Property>
        {
            new("reference", PropertyValue.Of(input.Provenance.RecordKey)),
            new("authority", PropertyValue.Of(input.Value("bureau"))),
            new("state", PropertyValue.OfEnum(state)),
        };
        if (text.Clauses.Where(clause => clause.Fine is { Currency: "CNY" }).Sum(clause => clause.Fine!.Value) is var fine and > 0)
            values.Add(new Property("fine", PropertyValue.Of(fine)));
        if (text.Clauses.Where(clause => clause.Confiscated is { Currency: "CNY" }).Sum(clause => clause.Confiscated!.Value) is var gain and > 0)
            values.Add(new Property("confiscated", PropertyValue.Of(gain)));
        var kinds = new List<string>();
        if (text.Clauses.Any(clause => clause.Warned)) kinds.Add("警告");
        if (text.Clauses.Any(clause => clause.Fine is not null)) kinds.Add("罚款");
        if (text.Clauses.Any(clause => clause.Confiscated is not null)) kinds.Add("没收违法所得");
        if (kinds.Count > 0) values.Add(new Property("kind", PropertyValue.Of(string.Join('、', kinds))));
        values.Add(new Property("currency", PropertyValue.Of("CNY")));
        if (state == "DECISION" && DateOnly.TryParse(input.Value("published_on"), System.Globalization.CultureInfo.InvariantCulture, out var day))
            values.Add(new Property("decidedOn", PropertyValue.Of(day)));
        return Properties.Of(values);
    }

    private static Properties Describe(PenaltyParty party)
    {
        var values = new List<Property> { new("name", PropertyValue.Of(party.Party.Name)) };
        if (party.Alias is { } alias) values.Add(new Property("aliases", PropertyValue.Of([alias])));
        if (party.Address is { } address) values.Add(new Property("address", PropertyValue.Of(address)));
        if (party.Sex is { } sex && party.Party.Shape == NameShape.Person)
            values.Add(new Property("sex", PropertyValue.OfEnum(sex == "男" ? "MALE" : "FEMALE")));
        return Properties.Of(values);
    }
}
