using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Columns;
using GraphRisk.Market.Securities;
using GraphRisk.Workflow.Warnings.Figures;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings.DryRun;

/// <summary>
/// Rules over days that have passed: each day's round as it would have been, capacity and cool-downs among it, held against what became of the clients. A warning is true
/// where the client defaults with the broker after its day and within the horizon; a default is warned of in time where a warning came at least the lead before it and no longer than
/// the horizon. Defaults are counted from the first day on that leaves the lead. Beside the rules stand plain ratio rules with lines from 1.00 to 3.00, each as precise as it is; the best of those at
/// least as precise as the rules is what they are to beat. Pure; the outcomes are read for judging alone and no round sees them.
/// </summary>
public sealed class WarningDryRun(
    IReadOnlyDictionary<NodeId, IReadOnlyDictionary<DateOnly, DayFigures>> figures, TradingDays days, DateOnly dataUntil, Outcomes outcomes, WarningPolicy policy)
{
    /// <summary>The figure plain ratio rules look at.</summary>
    public const string RatioFigure = "ratio";

    private const int Week = 5;
    private const int CoolDownOfRatio = 20;

    /// <summary>What the rules would have said from one day to another.</summary>
    public DryRunReport Run(WarningRules rules, DateOnly from, DateOnly to, CancellationToken cancellation = default)
    {
        DateOnly[] window = [.. days.From(from, to)];
        if (window.Length == 0) throw new ArgumentException("There is no trading day in it.", nameof(from));
        var (named, cut) = Rounds(rules, window, WarningRound.ByExpectedLoss, cancellation);
        var score = ScoreOf(named, window);
        var weekFrom = window[^Math.Min(Week, window.Length)];
        var ratios = RatioLines().Select(line => RatioAt(line, window, cancellation)).Where(one => one.Score.Known > 0).ToList();
        return new DryRunReport(
            window[0], window[^1], rules.Version, policy, score, cut, [.. rules.Rows.Select(rule => OutcomeOf(rule.Name, named, weekFrom))], [.. named.Where(one => one.Day >= weekFrom)],
            ratios.Where(one => one.Score.Precision >= score.Precision).MaxBy(one => (one.Score.Warned, one.Score.Precision)), ratios.MaxBy(one => (one.Score.Precision, one.Score.Warned)));
    }

    private (List<NamedClient> Named, int Cut) Rounds(WarningRules rules, DateOnly[] window, Func<ClientWarning, double> urgency, CancellationToken cancellation)
    {
        var (named, cut) = (new List<NamedClient>(), 0);
        var last = new Dictionary<(NodeId Broker, NodeId Client, string Rule), DateOnly>();
        foreach (var day in window)
            foreach (var (broker, byDay) in figures.OrderBy(one => one.Key))
            {
                cancellation.ThrowIfCancellationRequested();
                if (!byDay.ContainsKey(day)) continue;
                var found = new WarningRound(rules, broker, policy.Capacity) { Urgency = urgency }.Of(
                    back => days.Before(day, back) is { } then ? byDay.GetValueOrDefault(then) : null, back => days.Before(day, back),
                    (client, rule) => last.TryGetValue((broker, client, rule), out var sign) ? sign : null);
                cut += found.Cut.Length;
                foreach (var one in found.Named)
                {
                    foreach (var met in one.Rules) last[(broker, one.Client, met.Rule.Name)] = day;
                    named.Add(Judged(broker, day, one));
                }
            }

        return (named, cut);
    }

    private NamedClient Judged(NodeId broker, DateOnly day, ClientWarning warning)
    {
        var ahead = outcomes.FirstAfter(broker, warning.Client, day) is { } fell && days.Between(day, fell) is var between && between <= policy.Horizon ? between : (int?)null;
        return new NamedClient(broker, day, warning, ahead, ahead is not null || days.Between(day, dataUntil) >= policy.Horizon);
    }

    private WarningScore ScoreOf(List<NamedClient> named, DateOnly[] window)
    {
        var warned = named.ToLookup(one => (one.Broker, outcomes.PartyOf(one.Warning.Client)), one => one.Day);
        var foreseeable = outcomes.All.Where(one => one.Day <= window[^1] && days.Between(window[0], one.Day) >= policy.Lead).ToList();
        return new WarningScore(
            named.Count, named.Count(one => one.IsKnown), named.Count(one => one.DaysAhead is not null),
            named.Where(one => one.DaysAhead is not null).Select(one => (one.Broker, outcomes.PartyOf(one.Warning.Client), outcomes.FirstAfter(one.Broker, one.Warning.Client, one.Day))).Distinct().Count(), foreseeable.Count,
            foreseeable.Count(fell => warned[(fell.Broker, fell.Party)].Any(day => days.Between(day, fell.Day) is var ahead && ahead >= policy.Lead && ahead <= policy.Horizon)));
    }

    private static RuleOutcome OutcomeOf(string rule, List<NamedClient> named, DateOnly weekFrom)
    {
        var own = named.FindAll(one => one.Warning.Rules.Any(met => met.Rule.Name == rule));
        int[] ahead = [.. own.Select(one => one.DaysAhead).OfType<int>().Order()];
        return new RuleOutcome(rule, own.Count, own.Count(one => one.IsKnown), ahead.Length, ahead.Length > 0 ? ahead[ahead.Length / 2] : null, own.Count(one => one.Day >= weekFrom));
    }

    private RatioRule RatioAt(decimal line, DateOnly[] window, CancellationToken cancellation)
    {
        var rule = new WarningRule("plain-ratio", WarningConditionKind.Level, RatioFigure, WarningSeverity.Notice, CoolDownOfRatio, "-", "-", 1, new WarningTitle("", ""))
        {
            Operator = WarningOperator.AtOrBelow, Limit = line,
        };
        var (named, _) = Rounds(new WarningRules("", [rule]), window, one => -Numbers.OrZero(one.Rules[0].By.Value), cancellation);
        return new RatioRule(line, ScoreOf(named, window));
    }

    private static IEnumerable<decimal> RatioLines() => Enumerable.Range(0, 101).Select(step => 1m + (step * 0.02m));
}
