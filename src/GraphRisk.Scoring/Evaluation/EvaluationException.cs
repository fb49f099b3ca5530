namespace GraphRisk.Scoring.Evaluation;

/// <summary>A table cannot be evaluated as it was asked; the message names file, row or column, and the reason.</summary>
public sealed class EvaluationException(string message) : Exception(message);
