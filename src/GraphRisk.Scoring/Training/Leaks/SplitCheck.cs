using System.Globalization;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>
/// Holds a split to what makes a test out of time: every outcome that teaches is over on the first day that tests (purging, López de
/// Prado 2018, chapter 7), and no row is on both sides. That a client of the training quarters is judged again in a later one is no
/// leak: its outcomes are others.
/// </summary>
internal static class SplitCheck
{
    /// <exception cref="LeakException">The sides overlap.</exception>
    internal static void RequireApart(Panel panel, TrainingPlan plan)
    {
        var leaks = new List<Leak>();
        var first = plan.Test[0];
        if (plan.Train.Where(day => plan.OutcomeUntil(day) > first && !plan.Test.Contains(day)).ToArray() is [.., var last] late)
        {
            var twice = BadIn(panel, late);
            twice.IntersectWith(BadIn(panel, plan.Test));
            leaks.Add(new Leak(LeakKind.Horizon, "training and test quarters", string.Create(
                CultureInfo.InvariantCulture,
                $"outcomes of {last:yyyy-MM-dd} reach until {plan.OutcomeUntil(last):yyyy-MM-dd}, and the test begins on {first:yyyy-MM-dd}; {late.Length} quarters overlap, and the defaults of {twice.Count} clients both teach and test")));
        }

        if (plan.Train.Intersect(plan.Test).ToArray() is [var both, ..] shared)
        {
            leaks.Add(new Leak(LeakKind.BothSides, "the same clients", string.Create(
                CultureInfo.InvariantCulture,
                $"{shared.Length} quarters, such as {both:yyyy-MM-dd}, teach and test with all their {panel.Observations.Count(row => shared.Contains(row.AsOf))} rows")));
        }

        if (leaks.Count > 0) throw new LeakException(leaks);
    }

    private static HashSet<ulong> BadIn(Panel panel, IReadOnlyList<DateOnly> quarters) =>
        [.. panel.Observations.Where(row => row.Defaulted && quarters.Contains(row.AsOf)).Select(row => row.Client)];
}
