using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Workflow.Admission;
using GraphRisk.Workflow.Warnings.Figures;
using GraphRisk.Workflow.Warnings.Rules;

namespace GraphRisk.Workflow.Warnings;

/// <summary>
/// The round of one day for one broker: which of its clients meet which rule, ranked by the loss to expect, cut at what the desk can work. A rule by which a client was
/// warned of within its cool-down before the day does not count again; signs of the day itself do, so the round of a day is the same however often it is made. Clients in default are passed over.
/// Pure: a function of figures, rules, earlier signs and capacity.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="broker">Id of the broker.</param>
/// <param name="capacity">Clients its desk can be warned of a day.</param>
public sealed class WarningRound(WarningRules rules, NodeId broker, int capacity)
{
    /// <summary>What puts one client before another; ties go by record.</summary>
    public Func<ClientWarning, double> Urgency { get; init; } = ByExpectedLoss;

    /// <summary>Who costs most by expectation comes first.</summary>
    public static double ByExpectedLoss(ClientWarning one) => (double)one.ExpectedLoss;

    /// <summary>Whom to warn of.</summary>
    /// <param name="back">Figures by how many trading days ago; those of 0 are there.</param>
    /// <param name="dayBefore">The trading day so many before; null before the first.</param>
    /// <param name="lastSign">Day of the last sign of a client by a rule before the day; null where there was none.</param>
    public BrokerWarnings Of(Func<int, DayFigures?> back, Func<int, DateOnly?> dayBefore, Func<NodeId, string, DateOnly?> lastSign)
    {
        var today = back(0) ?? throw new ArgumentException("The figures of the day itself are needed.", nameof(back));
        var lossGivenDefault = AdmissionPolicy.Common.For(broker.Key, today.Day).LossGivenDefault;
        var found = new List<ClientWarning>();
        foreach (var (client, figures) in today.Clients)
        {
            if (figures.IsInDefault) continue;
            ImmutableArray<MetRule> met = [.. rules.Rows.Select(rule => (Rule: rule, By: Met(rule, client))).Where(one => one.By is not null).Select(one => new MetRule(one.Rule, one.By!.Value))];
            if (met.Length > 0) found.Add(new ClientWarning(client, met, figures.Probability, figures.IsScored, figures.Exposure, lossGivenDefault));
        }

        var ranked = found.OrderByDescending(Urgency).ThenBy(one => one.Client).ToImmutableArray();
        var room = Math.Min(capacity, ranked.Length);
        return new BrokerWarnings(broker, today.Day, rules.Version, capacity, ranked[..room], ranked[room..]);

        MetBy? Met(WarningRule rule, NodeId client) =>
            dayBefore(WarningConditions.Reach(rule)) is null || lastSign(client, rule.Name) is { } last && today.Day.DayNumber - last.DayNumber < rule.CoolDownDays
                ? null
                : WarningConditions.Met(rule, new FiguresBack(days => back(days)?.ValueOf(client, rule.Figure) ?? double.NaN, days => today.Day.DayNumber - dayBefore(days)!.Value.DayNumber));
    }
}
