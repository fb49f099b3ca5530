using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Columns;

namespace GraphRisk.Market.Credit;

/// <summary>Kinds of credit events, as the schema names them.</summary>
public enum CreditEventKind
{
    MarginCall,
    Overdue,
    ForcedLiquidation,
    Default,
    Cured,
}

/// <summary>Something that happened to a party's financing.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Day">When, on or before the as-of date.</param>
/// <param name="Contract">Node of the contract it concerns; -1 where none is stated.</param>
public readonly record struct CreditEvent(int Node, CreditEventKind Kind, DateOnly Day, int Contract)
{
    /// <summary>Whether a contract ended badly by it: a default, or a forced liquidation (强平), which is one too.</summary>
    public bool IsDefault => Kind is CreditEventKind.Default or CreditEventKind.ForcedLiquidation;
}

/// <summary>What happened to a party's financing, counted. Days are counted back from the as-of date; NaN is "never".</summary>
/// <param name="MarginCallsOfYear">Margin calls in the last 365 days.</param>
/// <param name="OverduesOfYear">Overdue payments in the last 365 days.</param>
/// <param name="DaysSinceOverdue">Since the last overdue payment.</param>
/// <param name="Defaults">Defaults and forced liquidations ever.</param>
/// <param name="DaysSinceDefault">Since the last of them.</param>
/// <param name="DaysSinceCall">Since the last margin call.</param>
public readonly record struct EventHistory(
    int MarginCallsOfYear, int OverduesOfYear, double DaysSinceOverdue, int Defaults, double DaysSinceDefault, double DaysSinceCall);

/// <summary>The credit events of a snapshot, by party, up to its as-of date. Point reads; thread-safe.</summary>
public sealed class CreditEvents
{
    private const int Year = 365;

    private static readonly Dictionary<string, CreditEventKind> Kinds = new(StringComparer.Ordinal)
    {
        ["MARGIN_CALL"] = CreditEventKind.MarginCall,
        ["OVERDUE"] = CreditEventKind.Overdue,
        ["FORCED_LIQUIDATION"] = CreditEventKind.ForcedLiquidation,
        ["DEFAULT"] = CreditEventKind.Default,
        ["CURED"] = CreditEventKind.Cured,
    };

    private readonly Snapshot snapshot;
    private readonly Csr befell;
    private readonly Csr concerns;
    private readonly NameColumn kind;
    private readonly DayColumn day;

    public CreditEvents(Snapshot snapshot)
    {
        this.snapshot = snapshot;
        befell = snapshot.Relationship("BEFELL").In;
        concerns = snapshot.Relationship("CONCERNS").Out;
        kind = NameColumn.Of(snapshot, "CreditEvent", "kind");
        day = DayColumn.Of(snapshot, "CreditEvent", "occurredOn");
    }

    /// <summary>The name of a kind in the schema.</summary>
    public static string NameOf(CreditEventKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>The events of a party in the order of the snapshot, each once; those without a day or a kind are no events.</summary>
    public List<CreditEvent> Of(int party)
    {
        var events = new List<CreditEvent>();
        var last = -1;
        foreach (var node in befell.Neighbours(party))
        {
            if (node == last) continue;
            last = node;
            if (Read(node) is { } happening) events.Add(happening);
        }

        return events;
    }

    /// <summary>The events of a party, counted.</summary>
    public EventHistory HistoryOf(int party)
    {
        int calls = 0, overdues = 0, defaults = 0;
        double sinceOverdue = double.NaN, sinceDefault = double.NaN, sinceCall = double.NaN;
        foreach (var happening in Of(party))
        {
            var ago = snapshot.Stamp.AsOfDay.DayNumber - happening.Day.DayNumber;
            switch (happening.Kind)
            {
                case CreditEventKind.MarginCall:
                    calls += ago < Year ? 1 : 0;
                    sinceCall = Numbers.Least(sinceCall, ago);
                    break;
                case CreditEventKind.Overdue:
                    overdues += ago < Year ? 1 : 0;
                    sinceOverdue = Numbers.Least(sinceOverdue, ago);
                    break;
                case CreditEventKind.Default or CreditEventKind.ForcedLiquidation:
                    defaults++;
                    sinceDefault = Numbers.Least(sinceDefault, ago);
                    break;
            }
        }

        return new EventHistory(calls, overdues, sinceOverdue, defaults, sinceDefault, sinceCall);
    }

    /// <summary>Days since the last forced liquidation of a party; NaN where there was none.</summary>
    public double DaysSinceForcedSale(int party)
    {
        var since = double.NaN;
        foreach (var happening in Of(party))
            if (happening.Kind == CreditEventKind.ForcedLiquidation) since = Numbers.Least(since, snapshot.Stamp.AsOfDay.DayNumber - happening.Day.DayNumber);
        return since;
    }

    private CreditEvent? Read(int node)
    {
        var row = snapshot.Nodes.RowOf(node);
        var on = day[row];
        if (on == DayColumn.None || on > snapshot.Stamp.AsOfDay.DayNumber || kind[row] is not { } name) return null;
        return new CreditEvent(node, Kinds[name], DateOnly.FromDayNumber(on), concerns.Degree(node) > 0 ? concerns.Neighbours(node)[0] : -1);
    }
}
