using GraphRisk.Market;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Training;

namespace GraphRisk.Scoring.Tests.Training;

public class TrainingPlanTests
{
    [Test]
    public void NoOutcomeWindowOfTrainingReachesIntoTheTest()
    {
        for (var horizon = 1; horizon <= 4; horizon++)
        {
            for (var tested = 1; tested <= 3; tested++)
            {
                var options = new TrainingOptions { HorizonQuarters = horizon, TestQuarters = tested };
                var plan = TrainingPlan.For(new DataReach(new(2020, 1, 15), new(2024, 12, 31)), options);
                Assert.That(plan.Test, Has.Count.EqualTo(tested));
                Assert.That(plan.OutcomeUntil(plan.Test[^1]), Is.EqualTo(new DateOnly(2024, 12, 31)));
                Assert.That(plan.OutcomeUntil(plan.Train[^1]), Is.EqualTo(plan.Test[0]), "the gap is as long as the horizon, no longer");
            }
        }
    }

    [Test]
    public void AQuarterStillRunningIsNoOutcome()
    {
        var plan = TrainingPlan.For(new DataReach(new(2023, 1, 1), new(2024, 12, 30)), new TrainingOptions { TestQuarters = 1 });
        Assert.That(plan.Test, Is.EqualTo(new[] { new DateOnly(2024, 6, 30) }));
    }

    [Test]
    public void FewerTrainingQuartersAreTheLatestOnes()
    {
        var plan = TrainingPlan.For(
            new DataReach(new(2020, 1, 15), new(2024, 12, 31)), new TrainingOptions { TestQuarters = 1, TrainQuarters = 2 });
        Assert.That(plan.Train, Is.EqualTo(new[] { new DateOnly(2024, 3, 31), new DateOnly(2024, 6, 30) }));
    }

    [Test]
    public void TooShortAPeriodIsRefused() => Assert.That(
        () => TrainingPlan.For(new DataReach(new(2024, 1, 1), new(2024, 9, 30)), new TrainingOptions()), Throws.InvalidOperationException);
}
