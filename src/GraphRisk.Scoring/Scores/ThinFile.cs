using GraphRisk.Market;
using GraphRisk.Market.Columns;
using GraphRisk.Scoring.Calibration;

namespace GraphRisk.Scoring.Scores;

/// <summary>
/// When a file is thin: behaviour is known in four kinds (statements of contracts, credit events, published accounts, the relation
/// to a broker), each since its first day; a file is thin where none of them goes back so many months. A kind that reaches
/// exactly that far is enough.
/// </summary>
/// <param name="Months">Months of any behaviour that make a file.</param>
public sealed record ThinFileRule(int Months = 6)
{
    /// <summary>The product's own rule.</summary>
    public static ThinFileRule Standard { get; } = new();

    /// <summary>Whether what is known is too little to judge by.</summary>
    /// <param name="depth">What is known.</param>
    /// <param name="asOf">Day of the score.</param>
    public bool IsThin(FileDepth depth, DateOnly asOf) =>
        !new[] { depth.StatementsSince, depth.EventsSince, depth.AccountsSince, depth.ClientSince }.Any(since => since <= asOf.AddMonths(-Months));

    /// <summary>The same of a client, looking no further than the first kind that goes back far enough.</summary>
    internal bool IsThin(FileDepths depths, int node, DateOnly asOf) => !depths.ReachesBackTo(node, asOf.AddMonths(-Months));

    /// <summary>The grade that a client of a thin file is given: its model's, but none better than the middle one.</summary>
    public static Grade Cap(Grade foreseen, GradeTable grades) => foreseen.PdBelow < grades.Middle.PdBelow ? grades.Middle : foreseen;
}

/// <summary>How far back each kind of a client's behaviour is known; null where there is none of it.</summary>
/// <param name="StatementsSince">First statement of any contract.</param>
/// <param name="EventsSince">First credit event.</param>
/// <param name="AccountsSince">First published accounts.</param>
/// <param name="ClientSince">First day as a client of a broker.</param>
public sealed record FileDepth(DateOnly? StatementsSince, DateOnly? EventsSince, DateOnly? AccountsSince, DateOnly? ClientSince);

/// <summary>Reads the depth of files off a reading. Point reads; safe for concurrent readers.</summary>
internal sealed class FileDepths
{
    private readonly MarketReading market;
    private readonly DayColumn opened;
    private readonly NumberColumn assets;

    public FileDepths(MarketReading market)
    {
        this.market = market;
        opened = DayColumn.Of(market.Snapshot.Relationship("CLIENT_OF"), "openedOn");
        assets = NumberColumn.Of(market.Snapshot, "Company", "totalAssets");
    }

    public FileDepth Of(int node) => new(
        FirstOf(market.Contracts.NodesOf(node).Select(contract => First(market.Contracts.StatedDays(contract)))),
        FirstOf(market.Events.Of(node).Select(happening => (int?)happening.Day.DayNumber)),
        FirstOf([AccountsOf(market.Parties.IndexOf(node))]),
        FirstOf(OpenedOf(node)));

    /// <summary>Whether any kind is known on or before a day; the cheapest to read are asked first.</summary>
    public bool ReachesBackTo(int node, DateOnly day)
    {
        var (edge, end) = market.Snapshot.Relationship("CLIENT_OF").Out.Range(node);
        for (; edge < end; edge++)
            if (opened[edge] is var since && since != DayColumn.None && since <= day.DayNumber) return true;
        if (AccountsOf(market.Parties.IndexOf(node)) <= day.DayNumber) return true;
        foreach (var contract in market.Contracts.NodesOf(node))
            if (First(market.Contracts.StatedDays(contract)) <= day.DayNumber) return true;
        return market.Events.Of(node).Exists(happening => happening.Day <= day);
    }

    private int? AccountsOf(int party) => market.Parties.IsCompany(party) ? First(assets.Days(market.Parties.RowOf(party))) : null;

    private List<int?> OpenedOf(int node)
    {
        var days = new List<int?>();
        var (start, end) = market.Snapshot.Relationship("CLIENT_OF").Out.Range(node);
        for (var edge = start; edge < end; edge++) days.Add(opened[edge] == DayColumn.None ? null : opened[edge]);
        return days;
    }

    private static int? First(ReadOnlySpan<int> days) => days.IsEmpty ? null : days[0];

    private static DateOnly? FirstOf(IEnumerable<int?> days) => days.Min() is { } first ? DateOnly.FromDayNumber(first) : null;
}
