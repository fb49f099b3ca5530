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
    private readonly Snapshot snapshot;
    private readonly Csr befell;
    private readonly NameColumn kind;
    private readonly DayColumn day;
    private readonly int today;

    public EventBook(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        befell = snapshot.Relationship("BEFELL").In;
        kind = NameColumn.Of(snapshot, "CreditEvent", "kind");
        day = DayColumn.Of(snapshot, "CreditEvent", "occurredOn");
        today = snapshot.Stamp.AsOfDay.DayNumber;
    }

    public EventHistory Read(int node)
    {
        int calls = 0, overdues = 0, defaults = 0;
        double sinceOverdue = double.NaN, sinceDefault = double.NaN, sinceCall = double.NaN;
        foreach (var happening in befell.Neighbours(node))
        {
            var row = snapshot.Nodes.RowOf(happening);
            var day = this.day[row];
            if (day == DayColumn.None || day > today)
                continue;
            var ago = today - day;
            switch (kind[row])
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
