namespace GraphRisk.Scoring.Metrics;

/// <summary>Where a figure lies with the confidence stated beside it.</summary>
public readonly record struct Interval(double Lower, double Upper);
