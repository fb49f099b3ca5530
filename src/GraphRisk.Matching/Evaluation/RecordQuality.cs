namespace GraphRisk.Matching.Evaluation;

/// <summary>Quality of clusters as the average record sees it.</summary>
/// <param name="Precision">Part of its cluster that belongs with it.</param>
/// <param name="Recall">Part of what belongs with it that is in its cluster.</param>
public readonly record struct RecordQuality(double Precision, double Recall)
{
    /// <summary>Harmonic mean of the two; 0 where both are 0.</summary>
    public double F1 => Mean(Precision, Recall);

    /// <summary>The harmonic mean of two parts; 0 where both are 0.</summary>
    internal static double Mean(double precision, double recall) => precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
}
