using System.Globalization;

namespace GraphRisk.Scoring.Trees;

/// <summary>How gradient-boosted trees are grown. Changed by <c>with</c>; the same parameters, data and seed give the same text.</summary>
public sealed record TreeParameters
{
    /// <summary>Boosting rounds, one tree each.</summary>
    public int Rounds { get; init; } = 240;

    /// <summary>Leaves per tree, at least 2.</summary>
    public int Leaves { get; init; } = 10;

    /// <summary>Shrinkage of each tree, in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Rows a leaf must hold; the main guard against fitting single clients.</summary>
    public int MinimumRowsPerLeaf { get; init; } = 40;

    /// <summary>Quadratic penalty on leaf values.</summary>
    public double L2 { get; init; } = 5;

    /// <summary>Share of the features each tree may look at, in (0, 1].</summary>
    public double FeatureFraction { get; init; } = 0.6;

    /// <summary>Share of the rows each tree sees, in (0, 1].</summary>
    public double RowFraction { get; init; } = 0.8;

    /// <summary>Distinct values a feature is cut into at most, 2 to 65,535; fewer are faster and steadier on small samples.</summary>
    public int Bins { get; init; } = 63;

    public int Seed { get; init; } = 20240930;

    /// <summary>Fixed, since the order of floating-point sums depends on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>
    /// LightGBM's parameter text. Constraints go by its basic method: the intermediate one fits closer but was seen to break
    /// them by a thousandth of log-odds on a dense grid.
    /// </summary>
    /// <param name="monotone">Per feature +1 (more is riskier), -1 (more is safer) or 0 (free).</param>
    internal string Text(IReadOnlyList<int> monotone) => string.Create(CultureInfo.InvariantCulture,
        $"objective=binary num_leaves={Leaves} learning_rate={LearningRate} min_data_in_leaf={MinimumRowsPerLeaf} " +
        $"lambda_l2={L2} max_bin={Bins} feature_fraction={FeatureFraction} bagging_fraction={RowFraction} " +
        $"bagging_freq={(RowFraction < 1 ? 1 : 0)} seed={Seed} num_threads={Threads} deterministic=true " +
        $"force_row_wise=true feature_pre_filter=false verbosity=-1 use_missing=true zero_as_missing=false " +
        $"monotone_constraints={string.Join(',', monotone)} monotone_constraints_method=basic");
}
