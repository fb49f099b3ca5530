using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Features.Books;

/// <summary>What happened to a party's financing up to the as-of date. Days are counted back from it; NaN is "never".</summary>
/// <param name="MarginCallsOfYear">Margin calls in the last 365 days.</param>
/// <param name="OverduesOfYear">Overdue payments in the last 365 days.</param>
/// <param name="DaysSinceOverdue">Since the last overdue payment.</param>
/// <param name="Defaults">Defaults and forced liquidations ever.</param>
/// <param name="DaysSinceDefault">Since the last of them.</param>
/// <param name="DaysSinceCall">Since the last margin call.</param>
internal readonly record struct EventHistory(
    int MarginCallsOfYear, int OverduesOfYear, double DaysSinceOverdue, int Defaults, double DaysSinceDefault, double DaysSinceCall);

/// <summary>The credit events of every party.</summary>
internal sealed class EventBook
{
    private const int Year = 365;
    private readonly Snapshot _snapshot;
    private readonly Csr _befell;
    private readonly NameColumn _kind;
    private readonly DayColumn _day;
    private readonly int _today;

    public EventBook(Snapshot snapshot)
    {
        _snapshot = snapshot;
        _befell = snapshot.Relationship("BEFELL").In;
        _kind = NameColumn.Of(snapshot, "CreditEvent", "kind");
        _day = DayColumn.Of(snapshot, "CreditEvent", "occurredOn");
        _today = snapshot.Stamp.AsOfDay.DayNumber;
    }

    public EventHistory Read(int node)
    {
        int calls = 0, overdues = 0, defaults = 0;
        double sinceOverdue = double.NaN, sinceDefault = double.NaN, sinceCall = double.NaN;
        foreach (var happening in _befell.Neighbours(node))
        {
            var row = _snapshot.Nodes.RowOf(happening);
            var day = _day[row];
            if (day == DayColumn.None || day > _today)
                continue;
            var ago = _today - day;
            switch (_kind[row])
            {
                case "MARGIN_CALL":
                    calls += ago < Year ? 1 : 0;
                    sinceCall = Numbers.Least(sinceCall, ago);
                    break;
                case "OVERDUE":
                    overdues += ago < Year ? 1 : 0;
                    sinceOverdue = Numbers.Least(sinceOverdue, ago);
                    break;
                case "FORCED_LIQUIDATION" or "DEFAULT":
                    defaults++;
                    sinceDefault = Numbers.Least(sinceDefault, ago);
                    break;
            }
        }
        return new EventHistory(calls, overdues, sinceOverdue, defaults, sinceDefault, sinceCall);
    }
}
