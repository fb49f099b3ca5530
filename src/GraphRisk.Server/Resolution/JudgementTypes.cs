using GraphQL.Types;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Decision;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paging;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Resolution;

/// <summary>A judgement of the ledger as a view knows it, met from one of the parties it is about.</summary>
internal sealed record JudgementOf(NodeHandle About, RelationshipFact Fact, DateTimeOffset RecordedAt) : IAboutSubject
{
    private const string Weighed = "weights", Aside = "set aside: it would join what must stay apart";

    public string? Subject => About.Subject;

    /// <summary>
    /// Whether the viewer reads what the weights rest on: how common a value is, and what agreement weighs, is known from the records of all. Others are told what
    /// was judged, and what of the two records speaks for it or against, without numbers.
    /// </summary>
    public bool TellsWeights => About.View.Snapshot.Entitlement.IsWhole;

    /// <summary>The judgement as the viewer may know it.</summary>
    public RelationshipFact Told()
    {
        var judgement = JudgementFacts.FromFact(Fact);
        if (TellsWeights || judgement.ByPerson) return Fact;
        // Why a match is set aside names records that others may keep secret.
        var own = judgement.IsSetAside ? judgement.Reasons[1..].Insert(0, Aside) : judgement.Reasons;
        var reasons = own.Select(reason => ReasonLine.TryRead(reason, out var line)
            ? EvidenceJudge.Rules.Contains(line.Name) ? null : $"{line.Name}: {line.Evidence}"
            : reason);
        return JudgementFacts.ToFact(judgement with { Score = null, Bits = null, Judge = Weighed, Reasons = [.. reasons.OfType<string>()] });
    }
}

/// <summary>A step of a judgement.</summary>
internal sealed record EvidenceStep(NodeHandle About, ReasonLine Line) : IAboutSubject
{
    public string? Subject => About.Subject;
}

/// <summary>What a command to judge or revoke did.</summary>
internal sealed record JudgePayload(GraphView View, NodeHandle? Left, NodeHandle? Right, IReadOnlyList<JudgementOf> Standing, int SetAside, int Restored);

/// <summary>GraphQL types of judgements; the fields of a judgement are those of the schema.</summary>
internal sealed class JudgementTypes(SchemaCatalog catalog, NodeIds ids)
{
    private RelationshipType SameAs => catalog.Relationship(SchemaCatalog.SameAs);

    public IEnumerable<IGraphType> All() =>
    [
        Fields.Object(
            "Judgement", $"{SameAs.Description.Trim()} Level {(int)SameAs.Level}.",
            [
                Fields.Of<JudgementOf>("id", "ID!", FieldAccess.Reads(SameAs.Level), "Id of the judgement, to revoke it.", (one, context) => ids.OfPair(context.Viewer(), one.Fact.From, one.Fact.To)),
                .. SameAs.Fields.Select(field => Fields.Of<JudgementOf>(
                    field.Name, ElementFields.TypeOf(field), FieldAccess.Reads(field), ElementFields.Describe(field), one => ElementFields.Value(one.Told(), field))),
                Fields.Of<JudgementOf>("steps", "[EvidenceStep!]!", FieldAccess.Reads(SameAs.Level), "How the odds come about: the bits of all steps add up to those of the judgement. None of a person's, nor for those who do not read all records, on which weights rest.", StepsOf),
                Fields.Of<JudgementOf>("left", "ID!", FieldAccess.Reads(SameAs.Level), "The record whose id comes first.", (one, context) => ids.Of(context.Viewer(), one.Fact.From)),
                Fields.Of<JudgementOf>("right", "ID!", FieldAccess.Reads(SameAs.Level), "The other record.", (one, context) => ids.Of(context.Viewer(), one.Fact.To)),
                Fields.Of<JudgementOf>("recordedAt", "DateTime!", FieldAccess.Reads(SameAs.Level), "When the judgement became known.", one => one.RecordedAt),
            ]),
        Fields.Object(
            "EvidenceStep", "A step of a judgement.",
            Fields.Of<EvidenceStep>("name", "String!", FieldAccess.Reads(SameAs.Level), "What was found, or which rule.", step => step.Line.Name),
            Fields.Of<EvidenceStep>("bits", "Decimal!", FieldAccess.Reads(SameAs.GetField("bits")), "What it adds to the odds, base-two logarithm; negative where it speaks against.", step => step.Line.Bits),
            Fields.Of<EvidenceStep>("reason", "String", FieldAccess.Reads(SameAs.GetField("reasons")), "The reason with its evidence.", step => step.Line.ToString())),
        Fields.Object(
            "JudgePayload", "What a judgement, or taking one back, did.",
            Fields.Of<JudgePayload>("left", "Party", FieldAccess.Structure, "The party the one record belongs to now.", payload => payload.Left),
            Fields.Of<JudgePayload>("right", "Party", FieldAccess.Structure, "The party the other record belongs to now; the same where they are one.", payload => payload.Right),
            Fields.Of<JudgePayload>("areOne", "Boolean!", FieldAccess.Structure, "Whether the two records are one party now.",
                payload => payload.Left is not null && payload.Left.Number == payload.Right?.Number),
            Fields.Of<JudgePayload>("judgements", "[Judgement!]!", FieldAccess.Structure, "Judgements that stand on the pair now.", payload => payload.Standing),
            Fields.Of<JudgePayload>("setAside", "Int!", FieldAccess.Structure, "Matches of the rules that no longer count because of it.", payload => payload.SetAside),
            Fields.Of<JudgePayload>("restored", "Int!", FieldAccess.Structure, "Matches of the rules that count again because of it.", payload => payload.Restored),
            Fields.Of<JudgePayload>("stamp", "Stamp!", FieldAccess.Structure, "The store after it.", payload => payload.View.Stamp)),
    ];

    private static List<EvidenceStep> StepsOf(JudgementOf one)
    {
        var steps = new List<EvidenceStep>();
        if (!one.TellsWeights) return steps;
        foreach (var reason in JudgementFacts.FromFact(one.Fact).Reasons)
            if (ReasonLine.TryRead(reason, out var line)) steps.Add(new EvidenceStep(one.About, line));
        return steps;
    }

    /// <summary>The judgements between a record of a party and another the view holds, by when they became known.</summary>
    public static async Task<JudgementOf[]> OnAsync(IGraphStore store, NodeHandle party, CancellationToken cancellation)
    {
        var nodes = party.View.Snapshot.Nodes;
        var found = new List<RecordedFact>();
        foreach (var member in nodes.MembersOf(party.Number))
            found.AddRange(await store.FindAsync(member, party.View.Version, withRelationships: true, cancellation));
        return
        [
            .. from recorded in found
               where recorded.Kind == ChangeKind.Assert && recorded.Fact is RelationshipFact { Relationship: SchemaCatalog.SameAs }
               let fact = (RelationshipFact)recorded.Fact
               where nodes.Find(fact.From) >= 0 && nodes.Find(fact.To) >= 0
               group recorded by fact.Id into one
               let first = one.First()
               orderby first.Sequence
               select new JudgementOf(party, (RelationshipFact)first.Fact, first.RecordedAt),
        ];
    }
}
