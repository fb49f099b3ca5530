using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Store;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Decisions.Replay;

/// <summary>
/// What is known of cases while some rows are gone through: the store at a version, and over it the moves that are not appended yet. Where the version was overtaken it is thrown away whole.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="market">The market as it is known, as of when everything in it has begun.</param>
/// <param name="calendar">Working and trading days.</param>
/// <param name="version">The version it rests on.</param>
/// <param name="numbers">Cases by their numbers, as earlier rows left them.</param>
internal sealed class ReplayDraft(IGraphStore store, MarketReading market, WorkingCalendar calendar, long version, CaseNumbers numbers)
{
    private readonly Dictionary<NodeId, FiledCase?> cases = [];

    /// <summary>The market.</summary>
    public MarketReading Market => market;

    /// <summary>Working and trading days.</summary>
    public WorkingCalendar Calendar => calendar;

    /// <summary>The store.</summary>
    public IGraphStore Store => store;

    /// <summary>The version it rests on.</summary>
    public long Version => version;

    /// <summary>Cases by their numbers.</summary>
    public CaseNumbers Numbers { get; } = numbers.Above();

    /// <summary>What is to be appended.</summary>
    public List<Change> Changes { get; } = [];

    /// <summary>The moves that are to be appended, by case and place.</summary>
    public List<string> Made { get; } = [];

    /// <summary>A case as it stands; null where there is none.</summary>
    public async ValueTask<FiledCase?> CaseAsync(NodeId id, CancellationToken cancellation)
    {
        if (!cases.TryGetValue(id, out var filed)) cases.Add(id, filed = await CaseFacts.ReadAsync(store, id, version, cancellation));
        return filed;
    }

    /// <summary>Notes a move; its facts say of which row of which system they are.</summary>
    /// <param name="kind">Kind of the case.</param>
    /// <param name="id">The case.</param>
    /// <param name="parties">Whose it is.</param>
    /// <param name="made">The move.</param>
    /// <param name="changes">What it changes.</param>
    /// <param name="record">The row, by which the facts of the case are found again in the other system.</param>
    public void Note(CaseKind kind, NodeId id, CaseParties parties, MadeMove made, IEnumerable<Change> changes, string record)
    {
        var source = CaseFacts.SourceOf(parties.Broker);
        var before = cases.GetValueOrDefault(id);
        var all = changes.Select(change => change.Fact.Provenance.Source == source ? change with { Fact = change.Fact with { Provenance = change.Fact.Provenance with { RecordKey = record } } } : change).ToList();
        Changes.AddRange(all);
        Made.Add(FormattableString.Invariant($"{id} {made.Serial}"));
        var stated = all.Select(change => change.Fact).OfType<NodeFact>().First(fact => fact.Node == id);
        NodeId[] ties = [.. all.Select(change => change.Fact).OfType<RelationshipFact>().Where(edge => edge.From == id && !CaseFacts.IsCommon(edge.Relationship)).Select(edge => edge.To)];
        cases[id] = new FiledCase(
            id, stated.Properties, DateOnly.FromDateTime(stated.Validity.From.UtcDateTime), new CaseHistory(parties, [.. before?.History.Moves ?? [], made])) { Ties = before?.Ties ?? [.. ties] };
        foreach (var tie in ties) Numbers.NoteOn(kind, tie, id);
    }

    /// <summary>Cases of a kind on a contract as they stand.</summary>
    public async ValueTask<List<FiledCase>> OnAsync(CaseKind kind, string relationship, NodeId contract, CancellationToken cancellation)
    {
        var found = new List<FiledCase>();
        foreach (var id in CaseRound.On(market.Snapshot, relationship, contract).Select(market.Snapshot.Nodes.IdOf).Concat(Numbers.On(kind, contract)).Distinct())
            if (await CaseAsync(id, cancellation) is { } filed) found.Add(filed);
        return found;
    }
}
