using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Labels;
using GraphRisk.Workflow.Decisions;
using GraphRisk.Workflow.Recovery;

namespace GraphRisk.Workflow.Supervision.Inspection;

/// <summary>What lay before who made a move.</summary>
/// <param name="Briefing">Its node.</param>
/// <param name="Advice">What was recommended, in a word.</param>
/// <param name="Model">Version of the model that scored; null where none did.</param>
/// <param name="Rules">Version of the rules.</param>
/// <param name="AsOf">Instant in the world it was made for.</param>
/// <param name="KnownAt">Up to when knowledge counted.</param>
/// <param name="StoreVersion">Version of the store it was read from; null where that is not told.</param>
/// <param name="Hash">Its hash, as it was filed.</param>
/// <param name="IsIntact">Whether the document still has it.</param>
/// <param name="Document">The recommendation; null where something else was kept, such as a request to freeze.</param>
public sealed record KnownThen(
    int Briefing, string Advice, string? Model, string Rules, DateTimeOffset AsOf, DateTimeOffset KnownAt, long? StoreVersion, string Hash, bool IsIntact, AdmissionDocument? Document);

/// <summary>A move with what was known when it was made.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Made">The move with what it carried: amounts, rates, days, what went where.</param>
/// <param name="Means">What the table says it does.</param>
/// <param name="IsAgainst">Whether it decided otherwise than was recommended; null where it decided nothing, or nothing was.</param>
/// <param name="Known">What lay before who made it; null where nothing was kept.</param>
public sealed record InspectedMove(int Node, MadeMove Made, string Means, bool? IsAgainst, KnownThen? Known)
{
    /// <summary>Why it was made, in the words of who made it; null where none were given.</summary>
    public string? Reason => Made.Text("reason");
}

/// <summary>What happened after a decision.</summary>
/// <param name="Since">Day of the decision; what happened on it is known, not followed.</param>
/// <param name="DefaultedOn">First default or forced liquidation of the client after it; null where there was none.</param>
/// <param name="CuredOn">First cure on or after that day.</param>
/// <param name="Events">What befell the client's financing, at whichever broker, by day.</param>
/// <param name="OwedToBroker">What the client owes the broker that decided; null where the supervisor did.</param>
/// <param name="LaterCases">Nodes of cases about the client filed on the day of the decision or later, by day, then by id.</param>
public sealed record Aftermath(DateOnly Since, DateOnly? DefaultedOn, DateOnly? CuredOn, ImmutableArray<CreditEvent> Events, decimal? OwedToBroker, ImmutableArray<int> LaterCases);

/// <summary>
/// One case with all that was known: its moves and by whom, held against the table of its kind once more; with each decision the recommendation it was made on, as it was kept, and whether it is still
/// what was filed; and what happened since. The decision is the last move that a recommendation lay before, else the last move. Everything is read from one snapshot, none of it is reckoned anew. One pass over the case
/// and over what is tied to its client.
/// </summary>
/// <param name="Kind">Node type of the case.</param>
/// <param name="Reference">Its number on the platform.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Parties">Whose it is.</param>
/// <param name="Fault">The first move that the table does not allow; null where all are.</param>
/// <param name="Moves">In their order.</param>
/// <param name="After">What happened since.</param>
public sealed record CaseInspection(string Kind, string Reference, string State, CaseParties Parties, string? Fault, ImmutableArray<InspectedMove> Moves, Aftermath After)
{
    /// <summary>What the case says of itself: amounts, days, rates, what was recovered and lost; its number and state, which stand beside, left out.</summary>
    public Properties Said { get; private init; } = Properties.None;

    /// <summary>Of a case; null where its client or its moves are not told.</summary>
    /// <param name="market">The reading.</param>
    /// <param name="node">Node of the case.</param>
    /// <param name="meter">Charged an edge a move, event and case.</param>
    /// <exception cref="ArgumentException">The node is no case.</exception>
    public static CaseInspection? Of(MarketReading market, int node, WorkMeter meter)
    {
        var (snapshot, nodes) = (market.Snapshot, market.Snapshot.Nodes);
        var kind = CaseKind.Find(nodes.TypeOf(node).Name) ?? throw new ArgumentException($"{nodes.IdOf(node)} is no case.", nameof(node));
        if (End(snapshot, "CASE_OF", node) is not { } client) return null;
        var broker = End(snapshot, "HANDLED_BY", node);
        ImmutableArray<InspectedMove> moves = [.. meter.Along(snapshot.Relationship("MOVE_OF").In.Neighbours(node).ToArray().Distinct()).Select(move => MoveOf(snapshot, kind, move)).OrderBy(move => move.Made.Serial)];
        if (moves.IsEmpty) return null;
        var history = new CaseHistory(new CaseParties(nodes.IdOf(client).ToString(), broker is { } by ? nodes.IdOf(by).ToString() : null), [.. moves.Select(move => move.Made)]);
        var decision = moves.LastOrDefault(move => move.Known is not null) ?? moves[^1];
        return new CaseInspection(
            kind.NodeType, nodes.GetString(node, "reference")!, history.State!, history.Parties, history.Replay(kind.Table).Fault, moves,
            AfterOf(market, node, client, broker, WorkingCalendar.DayOf(decision.Made.At), meter))
        {
            Said = Properties.Of(nodes.TypeOf(node).Fields.Where(field => field.Name is not ("reference" or "state" or "moveCount")).Select(field => nodes.Get(node, field.Name) is { } value ? new Property(field.Name, value) : (Property?)null).OfType<Property>()),
        };
    }

    private static InspectedMove MoveOf(Snapshot snapshot, CaseKind kind, int move)
    {
        var nodes = snapshot.Nodes;
        var (name, from, to) = (nodes.GetString(move, "move")!, nodes.GetString(move, "fromState"), nodes.GetString(move, "toState")!);
        var part = Enum.Parse<CasePart>(nodes.GetString(move, "part")!, ignoreCase: true);
        var carried = Properties.Of(snapshot.Catalog.Node(CaseFacts.MoveType).Fields.Where(field => !CaseFacts.IsOwn(field.Name) && field.Name != CaseFacts.ContentHash)
            .Select(field => nodes.Get(move, field.Name) is { } value ? new Property(field.Name, value) : (Property?)null).OfType<Property>());
        var made = new MadeMove(
            (int)nodes.Get(move, "serial")!.Value.AsInteger(), name, from, to, part, nodes.GetString(move, "person"), nodes.Get(move, "at")!.Value.AsDateTime(), nodes.GetString(move, "commandKey")!, carried);
        var row = kind.Table.Of(name).FirstOrDefault(row => row.LeadsOnFrom(from) && row.To == to && row.Who.Contains(part));
        return new InspectedMove(move, made, row?.Means ?? "", nodes.GetBoolean(move, "againstAdvice"), End(snapshot, "RESTS_ON", move) is { } paper ? KnownOf(nodes, paper) : null);
    }

    private static KnownThen KnownOf(NodeTable nodes, int paper)
    {
        var (advice, document, hash) = (nodes.GetString(paper, "advice")!, nodes.GetString(paper, "document")!, nodes.GetString(paper, "hash")!);
        var isIntact = Decisions.Briefing.HashOf(document) == hash;
        var kept = isIntact && advice != FreezeDocument.Advice ? CanonicalJson.Read<AdmissionDocument>(document) : null;

        // The document has its instants whole; the node's are cut to the millisecond.
        return new KnownThen(
            paper, advice, nodes.GetString(paper, "modelVersion"), nodes.GetString(paper, "rulesVersion")!,
            kept?.AsOf ?? nodes.Get(paper, "asOf")!.Value.AsDateTime(), kept?.KnownAt ?? nodes.Get(paper, "knownAt")!.Value.AsDateTime(),
            nodes.Get(paper, "storeVersion")?.AsInteger(), hash, isIntact, kept);
    }

    private static Aftermath AfterOf(MarketReading market, int node, int client, int? broker, DateOnly since, WorkMeter meter)
    {
        var (snapshot, nodes) = (market.Snapshot, market.Snapshot.Nodes);
        var (defaulted, cured) = new DefaultHistory(market).FirstAfter(nodes.IdOf(client), since);
        return new Aftermath(
            since, defaulted, cured,
            [.. market.Events.Of(client).Where(one => one.Day > since).OrderBy(one => one.Day).ThenBy(one => CreditEvents.NameOf(one.Kind), StringComparer.Ordinal)],
            broker is { } lender ? meter.Along(market.Contracts.Of(client, lender)).Where(contract => contract.IsOutstanding).Sum(contract => contract.Debt) : null,
            [
                .. meter.Along(snapshot.Relationship("CASE_OF").In.Neighbours(client).ToArray().Distinct()).Where(one => one != node && nodes.GetDate(one, "filedOn") >= since)
                    .OrderBy(one => nodes.GetDate(one, "filedOn")).ThenBy(nodes.IdOf),
            ]);
    }

    private static int? End(Snapshot snapshot, string relationship, int node) => snapshot.Relationship(relationship).Out.Neighbours(node) is [var end, ..] ? end : null;
}
