using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Lending;

/// <summary>
/// The fields of one kind of contract. The three kinds say the same under different names, so a kind is a row of a table of
/// names; a field the kind does not have reads as "not stated".
/// </summary>
internal sealed class ContractColumns
{
    private readonly NumberColumn? callLine;
    private readonly NumberColumn? closingLine;
    private readonly NumberColumn? creditLine;
    private readonly NumberColumn? cash;
    private readonly NumberColumn? marketValue;
    private readonly NameColumn status;
    private readonly DayColumn maturity;

    private ContractColumns(Snapshot snapshot, Names names)
    {
        NumberColumn? Optional(string? field) => field is null ? null : NumberColumn.Of(snapshot, names.Type, field);
        Kind = names.Kind;
        Debt = NumberColumn.Of(snapshot, names.Type, "debt");
        StatedRatio = NumberColumn.Of(snapshot, names.Type, names.Ratio);
        callLine = Optional(names.CallLine);
        closingLine = Optional(names.ClosingLine);
        creditLine = Optional(names.CreditLine);
        cash = Optional(names.Cash);
        marketValue = Optional(names.MarketValue);
        status = NameColumn.Of(snapshot, names.Type, "status");
        maturity = DayColumn.Of(snapshot, names.Type, "maturesOn");
    }

    private sealed record Names(
        ContractKind Kind, string Type, string Ratio, string? CallLine, string? ClosingLine, string? CreditLine, string? Cash, string? MarketValue);

    private static readonly Names[] Kinds =
    [
        new(ContractKind.Margin, "MarginContract", "maintenanceRatio", "callLine", "liquidationLine", "creditLine", "cash", "marketValue"),
        new(ContractKind.Pledge, "PledgeContract", "performanceRatio", "warningLine", "closingLine", null, null, null),
        new(ContractKind.Repo, "RepoContract", "performanceRatio", null, null, null, null, null),
    ];

    private static readonly Dictionary<string, ContractStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["OPEN"] = ContractStatus.Open,
        ["OVERDUE"] = ContractStatus.Overdue,
        ["DEFAULT_DISPOSAL"] = ContractStatus.InDisposal,
        ["CLOSED"] = ContractStatus.Closed,
    };

    /// <summary>The names of the node types of contracts.</summary>
    public static IEnumerable<string> Types => Kinds.Select(kind => kind.Type);

    /// <summary>The columns of every kind, by ordinal of the node type; null for types that are no contracts.</summary>
    public static ContractColumns?[] Of(Snapshot snapshot)
    {
        var columns = new ContractColumns?[snapshot.Catalog.NodeTypes.Length];
        foreach (var kind in Kinds) columns[snapshot.Catalog.Node(kind.Type).Ordinal] = new ContractColumns(snapshot, kind);
        return columns;
    }

    public ContractKind Kind { get; }

    public NumberColumn Debt { get; }

    public NumberColumn StatedRatio { get; }

    public ContractStatus StatusOf(int row) => status[row] is { } stated ? Statuses[stated] : ContractStatus.Unstated;

    public decimal? CallLine(int row) => callLine?.Exact(row);

    public decimal? ClosingLine(int row) => closingLine?.Exact(row);

    public decimal? CreditLine(int row) => creditLine?.Exact(row);

    public DateOnly? MaturesOn(int row) => maturity[row] is var day && day == DayColumn.None ? null : DateOnly.FromDayNumber(day);

    /// <summary>Value of the securities in the account as stated; null where it is not.</summary>
    public decimal? SecuritiesValue(int row) => marketValue?.Exact(row);

    /// <summary>Cash and securities as stated; null where neither is.</summary>
    public decimal? AccountValue(int row) =>
        (cash?.Exact(row), marketValue?.Exact(row)) is not (null, null) and var (money, securities) ? (money ?? 0m) + (securities ?? 0m) : null;
}
