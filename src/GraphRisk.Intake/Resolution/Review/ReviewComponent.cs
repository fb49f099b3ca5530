using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Records;

namespace GraphRisk.Intake.Resolution.Review;

/// <summary>
/// The records that matches, whether they count or are set aside, tie to a pair, with all judgements among them: as far as
/// a review can reach. Read from the store alone, record by record.
/// </summary>
internal sealed class ReviewComponent
{
    private readonly Dictionary<NodeId, PartyRecord> parties = [];

    private ReviewComponent(long version) => Version = version;

    /// <summary>The version of the store it was read at.</summary>
    public long Version { get; }

    /// <summary>Records in the order of their ids.</summary>
    public List<PartyRecord> Records { get; } = [];

    /// <summary>Judgements among the records, with the facts that state them and when these became known.</summary>
    public List<(Judgement Judgement, RelationshipFact Fact, DateTimeOffset RecordedAt)> Judgements { get; } = [];

    /// <summary>Place of a record in <see cref="Records"/>.</summary>
    public int PlaceOf(NodeId id) => Records.FindIndex(record => record.Id == id);

    /// <summary>Reads the component of two records.</summary>
    /// <exception cref="ReviewRefusedException">One of them is unknown or no party.</exception>
    public static async Task<ReviewComponent> ReadAsync(
        IGraphStore store, long version, NodeId left, NodeId right, CancellationToken cancellation)
    {
        var component = new ReviewComponent(version);
        var reader = new PartyReader(store.Catalog);
        var judgements = new Dictionary<FactId, (RelationshipFact Fact, DateTimeOffset RecordedAt)>();
        var open = new Queue<NodeId>([left, right]);
        var seen = new HashSet<NodeId> { left, right };
        while (open.TryDequeue(out var node))
        {
            var facts = await store.FindAsync(node, version, withRelationships: true, cancellation);
            if (!component.AddParty(reader, node, facts) && (node == left || node == right))
                throw new ReviewRefusedException(ReviewRefusal.UnknownParty, $"There is no party record {node}.");
            foreach (var recorded in facts)
            {
                if (recorded is not { Kind: ChangeKind.Assert, Fact: RelationshipFact { Relationship: SchemaCatalog.SameAs } fact }) continue;
                judgements[fact.Id] = (fact, recorded.RecordedAt);
                var other = fact.From == node ? fact.To : fact.From;
                var judgement = JudgementFacts.FromFact(fact);
                if ((judgement.IsMatchOfRules || judgement is { ByPerson: true, Verdict: Verdict.Match }) && seen.Add(other)) open.Enqueue(other);
            }
        }

        component.Order(judgements.Values);
        return component;
    }

    /// <summary>Adds a record.</summary>
    /// <returns>Whether it is there; one that has gone may still be judged until the next run.</returns>
    private bool AddParty(PartyReader reader, NodeId node, IReadOnlyList<RecordedFact> facts)
    {
        PartyRecord? record = null;
        foreach (var recorded in facts)
        {
            if (recorded is not { Kind: ChangeKind.Assert, Fact: NodeFact fact } || !reader.IsParty(fact.Node)) continue;
            var part = reader.Read(fact);
            record = record?.With(part) ?? part;
        }

        if (record is null) return false;
        parties[node] = record;
        return true;
    }

    private void Order(IEnumerable<(RelationshipFact Fact, DateTimeOffset RecordedAt)> judgements)
    {
        Records.AddRange(parties.Values.OrderBy(record => record.Id));
        Judgements.AddRange(judgements
            .Where(one => parties.ContainsKey(one.Fact.From) && parties.ContainsKey(one.Fact.To))
            .OrderBy(one => one.Fact.From).ThenBy(one => one.Fact.To).ThenBy(one => one.Fact.Provenance.Source, StringComparer.Ordinal)
            .Select(one => (JudgementFacts.FromFact(one.Fact), one.Fact, one.RecordedAt)));
    }
}
