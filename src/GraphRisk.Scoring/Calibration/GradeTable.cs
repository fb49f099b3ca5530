using GraphRisk.Scoring.Texts;

namespace GraphRisk.Scoring.Calibration;

/// <summary>One grade: all clients whose probability of default is below the limit and not in a better grade.</summary>
/// <param name="Name">As shown: AAA to D.</param>
/// <param name="PdBelow">Upper limit of PD, exclusive; the last grade's is above 1.</param>
/// <param name="Meaning">In plain English words; the product's own grades are in every catalogue.</param>
public sealed record Grade(string Name, double PdBelow, string Meaning);

/// <summary>Grades from the safest to the riskiest, cut by probability of default over the model's horizon.</summary>
public sealed class GradeTable
{
    /// <exception cref="ArgumentException">Limits do not ascend strictly, or the last does not cover PD = 1.</exception>
    public GradeTable(IReadOnlyList<Grade> grades)
    {
        for (var i = 1; i < grades.Count; i++)
        {
            if (grades[i].PdBelow <= grades[i - 1].PdBelow)
                throw new ArgumentException($"grade {grades[i].Name} must end above grade {grades[i - 1].Name}", nameof(grades));
        }
        if (grades.Count == 0 || grades[^1].PdBelow <= 1)
            throw new ArgumentException("the last grade must take every remaining client: its limit lies above 1", nameof(grades));
        Grades = grades;
    }

    public IReadOnlyList<Grade> Grades { get; }

    /// <summary>The product's own table; configuration may replace it.</summary>
    public static GradeTable Standard { get; } = new(
    [
        Named("AAA", 0.001),
        Named("AA", 0.0025),
        Named("A", 0.005),
        Named("BBB", 0.01),
        Named("BB", 0.02),
        Named("B", 0.05),
        Named("CCC", 0.10),
        Named("CC", 0.20),
        Named("C", 1),
        Named("D", 2),
    ]);

    private static Grade Named(string name, double below) => new(name, below, TextCatalogue.English[$"grade.{name}"]);

    /// <summary>The middle of the grades of those who are not in default; the better one of two.</summary>
    public Grade Middle => Grades[Math.Max(0, Grades.Count - 2) / 2];

    /// <param name="probability">In [0, 1].</param>
    public Grade Of(double probability)
    {
        Metrics.Outcomes.RequireProbability(probability);
        var at = 0;
        while (probability >= Grades[at].PdBelow) at++;
        return Grades[at];
    }
}
