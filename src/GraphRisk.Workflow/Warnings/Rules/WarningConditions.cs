using System.Collections.Frozen;

namespace GraphRisk.Workflow.Warnings.Rules;

/// <summary>The figures of a client over the last trading days, as a condition reads them.</summary>
/// <param name="Figure">A figure by how many trading days ago; NaN where it is not known.</param>
/// <param name="DaysAgo">Calendar days since the trading day so many before.</param>
public readonly record struct FiguresBack(Func<int, double> Figure, Func<int, int> DaysAgo);

/// <summary>What met a condition.</summary>
/// <param name="Value">The figure on the day.</param>
/// <param name="Before">The figure on the earlier day it is held against; null where the condition looks at one day.</param>
public readonly record struct MetBy(double Value, double? Before);

/// <summary>
/// What each kind of condition means: how many trading days back it looks, and whether it is met. A figure that is not known meets nothing. To add a
/// kind: a row here.
/// </summary>
public static class WarningConditions
{
    private static readonly FrozenDictionary<WarningConditionKind, (Func<WarningRule, IEnumerable<int>> Looks, Func<WarningRule, FiguresBack, MetBy?> Met)> Table =
        new Dictionary<WarningConditionKind, (Func<WarningRule, IEnumerable<int>>, Func<WarningRule, FiguresBack, MetBy?>)>
        {
            [WarningConditionKind.Level] = (_ => [0], (rule, figures) => Holds(rule, figures.Figure(0)) ? new(figures.Figure(0), null) : null),
            [WarningConditionKind.Change] = (rule => [0, rule.Days!.Value], (rule, figures) =>
                Holds(rule, figures.Figure(0) - figures.Figure(rule.Days!.Value)) ? new(figures.Figure(0), figures.Figure(rule.Days.Value)) : null),
            [WarningConditionKind.New] = (_ => [0], (rule, figures) => figures.Figure(0) < figures.DaysAgo(rule.Days!.Value) ? new(figures.Figure(0), null) : null),
            [WarningConditionKind.Held] = (rule => Enumerable.Range(0, rule.Days!.Value), (rule, figures) =>
                Enumerable.Range(0, rule.Days!.Value).All(back => Holds(rule, figures.Figure(back))) ? new(figures.Figure(0), figures.Figure(rule.Days.Value - 1)) : null),
        }.ToFrozenDictionary();

    private static readonly FrozenDictionary<WarningOperator, Func<double, double, bool>> Operators = new Dictionary<WarningOperator, Func<double, double, bool>>
    {
        [WarningOperator.Below] = (value, limit) => value < limit,
        [WarningOperator.AtOrBelow] = (value, limit) => value <= limit,
        [WarningOperator.AtOrAbove] = (value, limit) => value >= limit,
        [WarningOperator.Above] = (value, limit) => value > limit,
    }.ToFrozenDictionary();

    /// <summary>How many trading days ago a rule's figure is looked at; 0 is the day itself.</summary>
    public static IEnumerable<int> LooksAt(WarningRule rule) => Table[rule.Kind].Looks(rule);

    /// <summary>How many trading days back a rule has to know the calendar.</summary>
    public static int Reach(WarningRule rule) => Math.Max(LooksAt(rule).Max(), rule.Days ?? 0);

    /// <summary>What met a rule's condition; null where nothing did.</summary>
    public static MetBy? Met(WarningRule rule, FiguresBack figures) => Table[rule.Kind].Met(rule, figures);

    private static bool Holds(WarningRule rule, double value) => Operators[rule.Operator!.Value](value, (double)rule.Limit!.Value);
}
