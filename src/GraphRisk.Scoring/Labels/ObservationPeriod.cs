using GraphRisk.Graph.Snapshots;
using GraphRisk.Scoring.Features.Reading;

namespace GraphRisk.Scoring.Labels;

/// <summary>
/// The days over which contracts were watched: from the first statement of a debt to the last statement or credit
/// event. After its end silence does not mean survival, so no outcome may be read there.
/// </summary>
/// <param name="First">Day of the first statement.</param>
/// <param name="Last">Day of the last statement or event.</param>
public readonly record struct ObservationPeriod(DateOnly First, DateOnly Last)
{
    private static readonly string[] ContractTypes = ["MarginContract", "PledgeContract", "RepoContract"];

    /// <exception cref="InvalidOperationException">The snapshot has no statement of any debt.</exception>
    public static ObservationPeriod Of(Snapshot latest) =>
        Find(latest) ?? throw new InvalidOperationException("no contract states a debt: there is nothing to learn from");

    /// <summary>The period, or null where the snapshot has no statement of any debt.</summary>
    public static ObservationPeriod? Find(Snapshot latest)
    {
        var (first, last) = (int.MaxValue, int.MinValue);
        foreach (var type in ContractTypes)
        {
            var debt = NumberColumn.Of(latest, type, "debt");
            for (var row = 0; row < latest.Nodes.RowCount(type); row++)
            {
                var days = debt.Days(row);
                if (days.IsEmpty)
                    continue;
                first = Math.Min(first, days[0]);
                last = Math.Max(last, days[^1]);
            }
        }
        var occurred = DayColumn.Of(latest, "CreditEvent", "occurredOn");
        for (var row = 0; row < latest.Nodes.RowCount("CreditEvent"); row++)
            last = Math.Max(last, occurred[row]);
        return first == int.MaxValue
            ? null
            : new ObservationPeriod(DateOnly.FromDayNumber(first), DateOnly.FromDayNumber(last));
    }
}
