using GraphRisk.Scoring.Metrics;
using GraphRisk.Scoring.Models;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>
/// Those called high-risk, followed to what became of them: the grades whose probabilities all lie at or above
/// <see cref="From"/>. The rest of the quarter stands beside them, since a default that was not called is the dearer mistake.
/// </summary>
internal static class HighRisk
{
    /// <summary>Least probability of a grade that is called high-risk: where the product's own grades say so (CCC and below).</summary>
    public const double From = 0.05;

    /// <summary>One row a grade that was given, then one of all others under an empty grade.</summary>
    public static IEnumerable<HighRiskFate> Of(RatedQuarter rated, CreditModel model)
    {
        var grades = model.Definition.Grades;
        var first = Enumerable.Range(0, grades.Count).First(grade => (grade == 0 ? 0 : grades[grade - 1].PdBelow) >= From);
        foreach (var group in Enumerable.Range(0, rated.Grades.Length).GroupBy(row => rated.Grades[row] < first ? grades.Count : rated.Grades[row]).OrderBy(group => group.Key))
            yield return Fate(rated, group.Key < grades.Count ? grades[group.Key].Name : "", [.. group]);
    }

    private static HighRiskFate Fate(RatedQuarter rated, string grade, int[] rows)
    {
        var quarter = rated.Quarter;
        var called = Array.ConvertAll(rows, row => quarter.Clients[row]);
        var defaulted = called.Where(client => client.DefaultedOn <= quarter.OutcomeUntil).ToList();
        var days = defaulted.ConvertAll(client => (double)(client.DefaultedOn!.Value.DayNumber - quarter.AsOf.DayNumber));
        return new HighRiskFate(
            quarter.AsOf, grade, RatedQuarter.CrowdOf(called), rows.Average(row => rated.Probabilities[row]), RatedQuarter.CrowdOf(defaulted),
            RatedQuarter.CrowdOf(called.Where(client => client.DefaultedOn > quarter.OutcomeUntil)), days.Count == 0 ? null : Median(days),
            RatedQuarter.CrowdOf(defaulted.Where(client => client.CuredOn is not null)), quarter.OutcomeIsKnown);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
