using GraphRisk.Scoring.Calibration;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Scoring.Training;

/// <summary>How a model is trained and tested. Changed by <c>with</c>.</summary>
public sealed record TrainingOptions
{
    /// <summary>A client is bad when it defaults within so many quarters of the as-of date.</summary>
    public int HorizonQuarters { get; init; } = 1;

    /// <summary>The last so many quarters with a known outcome are kept for the test out of time.</summary>
    public int TestQuarters { get; init; } = 3;

    /// <summary>Learns from the latest so many quarters before the test; null for all. Each costs a snapshot of the whole market.</summary>
    public int? TrainQuarters { get; init; }

    /// <summary>Folds by client, for calibration and for the choice of the family's settings.</summary>
    public int Folds { get; init; } = 4;

    /// <summary>What learns: any family may serve.</summary>
    public ModelFamily Family { get; init; } = new BoostedTreesFamily(
        [new TreeParameters { LearningRate = 0.08, Leaves = 8, MinimumRowsPerLeaf = 40 }], [15, 25, 40, 60, 90, 130]);

    /// <summary>Seed of folds and training.</summary>
    public int Seed { get; init; } = 20240930;

    public ScorecardScaling Scaling { get; init; } = new();

    /// <summary>Above so many client-quarters whole clients are left out at random, by a hash of their id.</summary>
    public int MaximumRows { get; init; } = 200_000;

    /// <summary>Folds trained side by side; the answer does not depend on it.</summary>
    public int Parallelism { get; init; } = 2;
}
