namespace GraphRisk.Scoring.Calibration;

/// <summary>One grade on judged rows.</summary>
/// <param name="Grade">Its name.</param>
/// <param name="Rows">Rows that were given it.</param>
/// <param name="MeanProbability">Mean stated probability.</param>
/// <param name="DefaultRate">Share of them that defaulted.</param>
public sealed record GradeOutcome(string Grade, int Rows, double MeanProbability, double DefaultRate);

/// <summary>What grades promised and what came: calibration as people meet it, in the bands that are served.</summary>
/// <param name="Grades">From the safest; those given to nobody are left out.</param>
/// <param name="Error">Expected calibration error over them: mean distance of promise and outcome, weighted by rows.</param>
public sealed record GradeOutcomes(IReadOnlyList<GradeOutcome> Grades, double Error)
{
    /// <param name="probabilities">Stated PD of each row, at least one.</param>
    /// <param name="bad">Outcome of each.</param>
    /// <param name="table">The grades.</param>
    public static GradeOutcomes Of(double[] probabilities, bool[] bad, GradeTable table)
    {
        GradeOutcome[] grades = [.. Enumerable.Range(0, bad.Length).GroupBy(row => table.Of(probabilities[row]).Name).Select(rows => new GradeOutcome(
                rows.Key, rows.Count(), rows.Average(row => probabilities[row]), rows.Average(row => bad[row] ? 1.0 : 0)))
            .OrderBy(grade => grade.MeanProbability)];
        return new GradeOutcomes(grades, grades.Sum(grade => grade.Rows * Math.Abs(grade.MeanProbability - grade.DefaultRate)) / bad.Length);
    }
}
