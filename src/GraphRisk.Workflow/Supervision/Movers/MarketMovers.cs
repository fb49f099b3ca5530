using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Workflow.Supervision.Quality;

namespace GraphRisk.Workflow.Supervision.Movers;

/// <summary>
/// Who moved most between two days that are seen with one knowledge. Clients and brokers are those that something is owed by or to on either day, securities those taken as collateral. A subject of
/// the later day is looked for under its id on the earlier one, where ids of records lead to the party they are of, so that a client is the same on both.
/// <para>
/// Movement is now less then. Grades move in steps of <see cref="Scoring.Calibration.GradeTable.Standard"/>, positive towards D; where as many steps were made the probability of default decides. What is
/// owed by one that was not there is nothing, so who came or went moves by all of it; of ratio, concentration and grade there is no such nothing, and who lacks the figure on one of the days
/// is not ranked by it. A security has neither grade nor ratio. Who did not move is left out.
/// </para>
/// <para>Order: the greatest movement first, up or down, then by id. Cost: the figures of both days, a step a subject.</para>
/// </summary>
public static class MarketMovers
{
    /// <summary>The figures there are of each kind of subject.</summary>
    public static bool Has(MoverSubject subject, MoverFigure figure) => subject != MoverSubject.Security || figure is MoverFigure.Exposure or MoverFigure.Concentration;

    /// <summary>Those that moved.</summary>
    /// <param name="then">The earlier day.</param>
    /// <param name="before">Figures on it, by node.</param>
    /// <param name="now">The later day.</param>
    /// <param name="after">Figures on it, by node.</param>
    /// <param name="figure">What they are ranked by.</param>
    /// <param name="meter">Charged a step a subject.</param>
    public static ImmutableArray<Mover> Of(
        Snapshot then, IReadOnlyDictionary<int, MoverFigures> before, Snapshot now, IReadOnlyDictionary<int, MoverFigures> after, MoverFigure figure, WorkMeter meter)
    {
        var (found, met) = (new List<Mover>(), new HashSet<int>());
        foreach (var (node, figures) in after)
        {
            var id = now.Nodes.IdOf(node);
            var known = then.Nodes.Find(id);
            meter.Charge(1);
            if (known >= 0) met.Add(known);
            found.Add(new Mover(id, known >= 0 ? before.GetValueOrDefault(known) : null, figures, 0));
        }

        foreach (var (node, figures) in before)
        {
            meter.Charge(1);
            if (!met.Contains(node)) found.Add(new Mover(then.Nodes.IdOf(node), figures, null, 0));
        }

        return
        [
            .. found.Select(one => (One: one, By: MovementOf(one, figure))).Where(one => one.By is not null && (one.By != 0 || (figure == MoverFigure.Grade && DriftOf(one.One) > 0)))
                .OrderByDescending(one => Math.Abs(one.By!.Value)).ThenByDescending(one => figure == MoverFigure.Grade ? DriftOf(one.One) : 0).ThenBy(one => one.One.Subject)
                .Select(one => one.One with { Movement = one.By!.Value }),
        ];
    }

    private static decimal? MovementOf(Mover one, MoverFigure figure) => figure switch
    {
        MoverFigure.Grade => one is { Then.Grade: { } before, Now.Grade: { } after } ? QualityTable.RankOf(after) - QualityTable.RankOf(before) : null,
        MoverFigure.Ratio => one.Now?.Ratio - one.Then?.Ratio,
        MoverFigure.Concentration => one.Now?.Concentration - one.Then?.Concentration,
        _ => (one.Now is null ? 0 : one.Now.Exposure) - (one.Then is null ? 0 : one.Then.Exposure),
    };

    /// <summary>How far the probability of default moved.</summary>
    private static double DriftOf(Mover one) => Math.Abs((one.Now?.ProbabilityOfDefault - one.Then?.ProbabilityOfDefault) ?? 0);
}
