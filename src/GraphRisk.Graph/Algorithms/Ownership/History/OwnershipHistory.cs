using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Algorithms.Ownership.History;

/// <summary>How a holder's part differs from the day before.</summary>
public enum StakeChangeKind
{
    /// <summary>It was not there, or was less than is told.</summary>
    Came,

    /// <summary>It is there no more, or is less than is told.</summary>
    Went,
    Rose,
    Fell,

    /// <summary>What is stated is the same, and its ends are others.</summary>
    Bounds,
}

/// <summary>A holder's part before and after a day.</summary>
/// <param name="Day">The day at whose close it was another.</param>
/// <param name="Holder">Node of the holder.</param>
/// <param name="Kind">How it differs.</param>
/// <param name="Before">Until then; null where there was none.</param>
/// <param name="After">From then on; null where there is none.</param>
public sealed record StakeChange(DateOnly Day, int Holder, StakeChangeKind Kind, PartFigure? Before, PartFigure? After);

/// <summary>What changed on a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Changes">By node of the holder.</param>
/// <param name="Crossings">By limb, then by the first holder.</param>
/// <param name="Findings">What must be said beside the figures of this day.</param>
public sealed record HistoryDay(DateOnly Day, ImmutableArray<StakeChange> Changes, ImmutableArray<StepCrossing> Crossings, ImmutableArray<OwnershipFinding> Findings);

/// <summary>
/// How ownership of a company moved: day by day, who came, went, rose and fell, and who crossed a step of a rule.
/// <para>
/// Each day is held against the one before it among those given; between two of them nothing begins or ends (<see cref="ChangeDays"/>), so
/// nothing happened that is not told. Days on which nothing differs are left out. Cost: two days' holders each.
/// </para>
/// </summary>
public static class OwnershipHistory
{
    /// <summary>What changed, by day.</summary>
    /// <param name="days">The days, ascending; the first is what the history begins with.</param>
    public static ImmutableArray<HistoryDay> Between(IEnumerable<OwnershipDay> days)
    {
        var found = ImmutableArray.CreateBuilder<HistoryDay>();
        OwnershipDay? before = null;
        foreach (var day in days)
        {
            if (before is not null && Compare(before, day) is { } changed) found.Add(changed);
            before = day;
        }

        return found.ToImmutable();
    }

    private static HistoryDay? Compare(OwnershipDay before, OwnershipDay after)
    {
        ImmutableArray<StakeChange> changes =
        [
            .. from holder in before.Stakes.Keys.Union(after.Stakes.Keys).Order()
               let change = Compare(after.Day, holder, before.Stakes.GetValueOrDefault(holder), after.Stakes.GetValueOrDefault(holder))
               where change is not null
               select change,
        ];
        ImmutableArray<StepCrossing> crossings = [.. StepCrossing.Between(before, after)];
        return changes.IsEmpty && crossings.IsEmpty ? null : new HistoryDay(after.Day, changes, crossings, after.Findings);
    }

    private static StakeChange? Compare(DateOnly day, int holder, PartFigure? before, PartFigure? after) => (before, after) switch
    {
        (null, { }) => new StakeChange(day, holder, StakeChangeKind.Came, null, after),
        ({ }, null) => new StakeChange(day, holder, StakeChangeKind.Went, before, null),
        ({ } was, { } now) when was != now => new StakeChange(day, holder, now.Stated.CompareTo(was.Stated) switch
        {
            > 0 => StakeChangeKind.Rose,
            < 0 => StakeChangeKind.Fell,
            _ => StakeChangeKind.Bounds,
        }, was, now),
        _ => null,
    };
}
