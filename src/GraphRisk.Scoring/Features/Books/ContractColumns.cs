using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>
/// The fields of one kind of contract. The three kinds say the same under different names, so a kind is a table of
/// names; a field the kind does not have is null and reads as "not known".
/// </summary>
internal sealed class ContractColumns
{
    private const int Quarter = 91;
    private const int Year = 365;

    private readonly NumberColumn debt;
    private readonly NumberColumn ratio;
    private readonly NumberColumn? callLine;
    private readonly NumberColumn? closeLine;
    private readonly NumberColumn? creditLine;
    private readonly NameColumn status;
    private readonly DayColumn maturity;
    private readonly bool isMargin;
    private readonly int today;

    private ContractColumns(Snapshot snapshot, Kind kind)
    {
        NumberColumn? Optional(string? field) => field is null ? null : NumberColumn.Of(snapshot, kind.Type, field);
        debt = NumberColumn.Of(snapshot, kind.Type, "debt");
        ratio = NumberColumn.Of(snapshot, kind.Type, kind.Ratio);
        callLine = Optional(kind.CallLine);
        closeLine = Optional(kind.CloseLine);
        creditLine = Optional(kind.CreditLine);
        status = NameColumn.Of(snapshot, kind.Type, "status");
        maturity = DayColumn.Of(snapshot, kind.Type, "maturesOn");
        isMargin = kind.Type == "MarginContract";
        today = snapshot.Stamp.AsOfDay.DayNumber;
    }

    private sealed record Kind(string Type, string Ratio, string? CallLine, string? CloseLine, string? CreditLine);

    private static readonly Kind[] Kinds =
    [
        new("MarginContract", "maintenanceRatio", "callLine", "liquidationLine", "creditLine"),
        new("PledgeContract", "performanceRatio", "warningLine", "closingLine", null),
        new("RepoContract", "performanceRatio", null, null, null),
    ];

    /// <summary>The columns of every kind, by the name of its node type.</summary>
    public static Dictionary<string, ContractColumns> Of(Snapshot snapshot) =>
        Kinds.ToDictionary(kind => kind.Type, kind => new ContractColumns(snapshot, kind), StringComparer.Ordinal);

    /// <summary>The contract of a row; null when it is closed, disposed of, or nothing is owed under it.</summary>
    public ContractStatement? Read(int row)
    {
        var status = this.status[row];
        var debt = this.debt[row];
        if (status is "CLOSED" or "DEFAULT_DISPOSAL" || !(debt > 0))
            return null;
        return new ContractStatement(
            isMargin, status == "OVERDUE", debt, this.debt.At(row, today - Quarter), At(creditLine, row), ratio[row],
            ratio.At(row, today - Quarter), LowestOfYear(row), At(callLine, row), At(closeLine, row), Maturity(row));
    }

    private static double At(NumberColumn? column, int row) => column is { } known ? known[row] : double.NaN;

    private double Maturity(int row) => maturity[row] == DayColumn.None ? double.NaN : maturity[row] - today;

    private double LowestOfYear(int row)
    {
        var days = ratio.Days(row);
        var values = ratio.History(row);
        var lowest = double.NaN;
        for (var i = days.Length - 1; i >= 0 && days[i] > today - Year; i--)
            lowest = Numbers.Least(lowest, (double)values[i]);
        return lowest;
    }
}
