using GraphRisk.Market;
using GraphRisk.Scoring.Labels;

namespace GraphRisk.Scoring.Training;

/// <summary>
/// Which quarters teach and which test. The test lies after everything the training could know: the outcome window of
/// the last training quarter ends on or before the as-of date of the first test quarter, so no default is both
/// learned and asked for.
/// </summary>
/// <param name="Train">As-of dates of the training quarters, ascending.</param>
/// <param name="Test">As-of dates of the test quarters, ascending.</param>
/// <param name="HorizonQuarters">Length of the outcome window after each as-of date.</param>
public sealed record TrainingPlan(IReadOnlyList<DateOnly> Train, IReadOnlyList<DateOnly> Test, int HorizonQuarters)
{
    /// <summary>All as-of dates, ascending; between the two parts there may be a gap.</summary>
    public IEnumerable<DateOnly> AsOfDates => Train.Concat(Test);

    /// <summary>Last day of the outcome window of an as-of date.</summary>
    public DateOnly OutcomeUntil(DateOnly asOf) => Quarters.Shift(asOf, HorizonQuarters);

    /// <exception cref="InvalidOperationException">The period is too short for one training quarter.</exception>
    public static TrainingPlan For(DataReach period, TrainingOptions options)
    {
        var ends = Quarters.EndsWithin(period.First, period.Last);
        var horizon = options.HorizonQuarters;
        var known = ends.Where(end => Quarters.Shift(end, horizon) <= period.Last).ToArray();
        var test = known.TakeLast(options.TestQuarters).ToArray();
        var train = known.Where(end => test.Length > 0 && Quarters.Shift(end, horizon) <= test[0])
            .TakeLast(options.TrainQuarters ?? known.Length).ToArray();
        return train.Length == 0
            ? throw new InvalidOperationException(
                $"the period {period.First:yyyy-MM-dd} to {period.Last:yyyy-MM-dd} is too short to train on and test {options.TestQuarters} quarters later")
            : new TrainingPlan(train, test, horizon);
    }
}
