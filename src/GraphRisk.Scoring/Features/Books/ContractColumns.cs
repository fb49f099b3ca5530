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

    private readonly NumberColumn _debt;
    private readonly NumberColumn _ratio;
    private readonly NumberColumn? _callLine;
    private readonly NumberColumn? _closeLine;
    private readonly NumberColumn? _creditLine;
    private readonly NameColumn _status;
    private readonly DayColumn _maturity;
    private readonly bool _isMargin;
    private readonly int _today;

    private ContractColumns(Snapshot snapshot, Kind kind)
    {
        NumberColumn? Optional(string? field) => field is null ? null : NumberColumn.Of(snapshot, kind.Type, field);
        _debt = NumberColumn.Of(snapshot, kind.Type, "debt");
        _ratio = NumberColumn.Of(snapshot, kind.Type, kind.Ratio);
        _callLine = Optional(kind.CallLine);
        _closeLine = Optional(kind.CloseLine);
        _creditLine = Optional(kind.CreditLine);
        _status = NameColumn.Of(snapshot, kind.Type, "status");
        _maturity = DayColumn.Of(snapshot, kind.Type, "maturesOn");
        _isMargin = kind.Type == "MarginContract";
        _today = snapshot.Stamp.AsOfDay.DayNumber;
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
        var status = _status[row];
        var debt = _debt[row];
        if (status is "CLOSED" or "DEFAULT_DISPOSAL" || !(debt > 0))
            return null;
        return new ContractStatement(
            _isMargin, status == "OVERDUE", debt, _debt.At(row, _today - Quarter), At(_creditLine, row), _ratio[row],
            _ratio.At(row, _today - Quarter), LowestOfYear(row), At(_callLine, row), At(_closeLine, row), Maturity(row));
    }

    private static double At(NumberColumn? column, int row) => column is { } known ? known[row] : double.NaN;

    private double Maturity(int row) => _maturity[row] == DayColumn.None ? double.NaN : _maturity[row] - _today;

    private double LowestOfYear(int row)
    {
        var days = _ratio.Days(row);
        var values = _ratio.History(row);
        var lowest = double.NaN;
        for (var i = days.Length - 1; i >= 0 && days[i] > _today - Year; i--)
            lowest = Numbers.Least(lowest, (double)values[i]);
        return lowest;
    }
}
