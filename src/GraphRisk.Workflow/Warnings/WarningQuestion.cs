using System.Collections.Immutable;
using GraphRisk.Market.Calendar;
using GraphRisk.Market.Securities;
using GraphRisk.Workflow.Warnings.Figures;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings;

/// <summary>What figures are read of which days.</summary>
/// <param name="Days">The days, ascending, with the figures that are asked for of each.</param>
/// <param name="Today">The last day the sources have reached, on which an authorisation has to be in force.</param>
/// <param name="Clock">The clock's day, by which what was authorised or withdrawn since counts (<see cref="WorkingCalendar.RealDay"/>).</param>
public sealed record WarningQuestion(ImmutableSortedDictionary<DateOnly, ImmutableArray<string>> Days, DateOnly Today, DateOnly Clock)
{
    /// <summary>What the scores of a day need to be known for.</summary>
    public static WarningQuestion OfScores(DateOnly day, DateOnly today, DateTimeOffset at) =>
        new(ImmutableSortedDictionary<DateOnly, ImmutableArray<string>>.Empty.Add(day, [WarningFigures.Score]), today, WorkingCalendar.RealDay(at, today));

    /// <summary>What rounds of some days need to know: of each day and of those its rules look back to what they look at; of the day itself the score, which ranks, too.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="rounds">Trading days.</param>
    /// <param name="days">The trading days there were.</param>
    /// <param name="today">The real day.</param>
    /// <param name="at">The instant of the clock.</param>
    /// <param name="more">Further figures of the days themselves.</param>
    public static WarningQuestion Of(WarningRules rules, IEnumerable<DateOnly> rounds, TradingDays days, DateOnly today, DateTimeOffset at, params string[] more)
    {
        var asked = new SortedDictionary<DateOnly, SortedSet<string>>();
        foreach (var day in rounds)
        {
            Ask(day, WarningFigures.Score);
            foreach (var figure in more) Ask(day, figure);
            foreach (var rule in rules.Rows)
                foreach (var back in WarningConditions.LooksAt(rule))
                    if (days.Before(day, back) is { } then) Ask(then, rule.Figure);
        }

        return new WarningQuestion(asked.ToImmutableSortedDictionary(one => one.Key, one => one.Value.ToImmutableArray()), today, WorkingCalendar.RealDay(at, today));

        void Ask(DateOnly day, string figure)
        {
            if (!asked.TryGetValue(day, out var figures)) asked[day] = figures = new SortedSet<string>(StringComparer.Ordinal);
            figures.Add(figure);
        }
    }
}
