using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Ownership.Rules;

namespace GraphRisk.Graph.Algorithms.Ownership.History;

/// <summary>Which way a step was crossed.</summary>
public enum StepDirection
{
    Up,
    Down,
}

/// <summary>
/// A holder crossed steps at which a rule asks for something.
/// <para>
/// The steps of a limb are the multiples of its step from its threshold on; one that is a step of a coarser limb of the wording is told by
/// that limb alone, since its report says all that the finer one's would. A step is reached as the limb's operator says: of 以上 by the number
/// itself, so who falls to just 10% has not crossed 10%. What a holder commands is reckoned as the limb says it, together with those whom an
/// agreement binds.
/// </para>
/// <para>
/// Of ranges a crossing is certain where every end of the part crossed the step, so that it was crossed however the ranges turn out, and
/// possible where one did. Several steps crossed at once in one way are one crossing.
/// </para>
/// </summary>
/// <param name="Day">The day at whose close the step was crossed.</param>
/// <param name="Version">The wording that applies on the day.</param>
/// <param name="Limb">The limb.</param>
/// <param name="Holder">Who is one holder.</param>
/// <param name="Holders">Nodes of the parties it is, on the day, or before where it is gone.</param>
/// <param name="Before">What was commanded until then; null for nothing.</param>
/// <param name="After">What is commanded from then on; null for nothing.</param>
/// <param name="Direction">Up or down.</param>
/// <param name="Steps">The parts crossed, ascending.</param>
/// <param name="Holds">Whether it is certain.</param>
/// <param name="IsOf">Whether the rule is of the company.</param>
public sealed record StepCrossing(
    DateOnly Day, RuleVersion Version, RuleLimb Limb, StepHolder Holder, ImmutableArray<int> Holders, PartFigure? Before, PartFigure? After, StepDirection Direction,
    ImmutableArray<decimal> Steps, RuleHolding Holds, bool IsOf)
{
    private static readonly PartFigure Nothing = new(0, 0, 0);

    /// <summary>Whether the wording was in force on the day and the rule is of the company.</summary>
    public bool Applies => IsOf && Version.From <= Day;

    /// <summary>The crossings between two days.</summary>
    public static IEnumerable<StepCrossing> Between(OwnershipDay before, OwnershipDay after)
    {
        foreach (var limb in after.Version.Limbs)
        {
            var (was, now) = (before.Commanded.GetValueOrDefault(limb.Name), after.Commanded.GetValueOrDefault(limb.Name));
            var holders = (was?.Keys ?? []).Union(now?.Keys ?? []).Order(Comparer<StepHolder>.Create((one, other) => (one.Party, one.Agreement).CompareTo((other.Party, other.Agreement))));
            foreach (var holder in holders)
                foreach (var crossing in Of(after, limb, holder, was?.GetValueOrDefault(holder), now?.GetValueOrDefault(holder))) yield return crossing;
        }
    }

    private static IEnumerable<StepCrossing> Of(OwnershipDay day, RuleLimb limb, StepHolder holder, CommandedPart? was, CommandedPart? now)
    {
        var (from, to) = (was?.Figure ?? Nothing, now?.Figure ?? Nothing);
        if (from == to) return [];
        return StepsOf(day.Version, limb, Math.Max(Most(from), Most(to)))
            .Select(step => (Step: step, Crossed: Crossed(limb, step, from, to))).Where(one => one.Crossed is not null)
            .GroupBy(one => one.Crossed!.Value, one => one.Step)
            .Select(same => new StepCrossing(day.Day, day.Version, limb, holder, (now ?? was)!.Holders, was?.Figure, now?.Figure, same.Key.Direction, [.. same], same.Key.Holds, day.IsOf));
    }

    /// <summary>The steps of a limb that are not a coarser one's, up to a part.</summary>
    private static IEnumerable<decimal> StepsOf(RuleVersion version, RuleLimb limb, decimal most)
    {
        var coarser = version.Limbs.Where(other => other.Kind == limb.Kind && other.Measure == limb.Measure && other.Step > limb.Step).ToList();
        for (var step = decimal.Ceiling(Math.Max(limb.Threshold, limb.Step) / limb.Step) * limb.Step; step <= most; step += limb.Step)
            if (!coarser.Exists(other => step >= other.Threshold && step % other.Step == 0)) yield return step;
    }

    private static (StepDirection Direction, RuleHolding Holds)? Crossed(RuleLimb limb, decimal step, PartFigure from, PartFigure to)
    {
        int Of(ShareBound bound) => from.Reaches(step, limb.Operator, bound).CompareTo(to.Reaches(step, limb.Operator, bound));
        var (stated, lower, upper) = (Of(ShareBound.Stated), Of(ShareBound.Lower), Of(ShareBound.Upper));
        var way = stated != 0 ? stated : lower != 0 ? lower : upper;
        if (way == 0) return null;
        return (way < 0 ? StepDirection.Up : StepDirection.Down, stated == lower && lower == upper ? RuleHolding.Certain : RuleHolding.Possible);
    }

    private static decimal Most(PartFigure figure) => figure.Upper ?? 1;
}
