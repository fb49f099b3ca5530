using System.Globalization;
using GraphRisk.Scoring.Metrics;

namespace GraphRisk.Scoring.Training.Leaks;

/// <summary>
/// How well one column alone ranks the outcomes, and whether that is better than foresight can be.
/// <para>
/// A column is read in several ways: more is riskier, less is riskier, and not being known on either end, since a field that is filled
/// in only after the outcome tells it by being there. The best reading counts. Foresight of a single fact a quarter ahead stays
/// below <see cref="MostOfForesight"/>: published scorecards have an area under the curve of 0.6 to 0.75 for their best input. The
/// area is held against that bound by the standard error it would have there (Hanley and McNeil 1982), which unlike its own does not
/// vanish where the separation is perfect; so a perfect column of few defaults is suspect and not condemned: it takes 69 of them. At
/// <see cref="Condemned"/> standard errors one of 100 honest columns at the bound, read four ways, is condemned once in 80 trainings.
/// </para>
/// Cost: a sort per column, two where some values are not known.
/// </summary>
/// <param name="Auc">Area under the curve of the best reading, at least 0.5; NaN where only one outcome occurs.</param>
/// <param name="Errors">Standard errors above the bound; negative below it.</param>
/// <param name="Reading">The best reading in words.</param>
public readonly record struct Separation(double Auc, double Errors, string Reading)
{
    /// <summary>The area that one fact known beforehand is allowed.</summary>
    public const double MostOfForesight = 0.9;

    /// <summary>Standard errors above the bound from which a column is refused.</summary>
    public const double Condemned = 4;

    private const int LeastBads = 10;

    /// <summary>Whether it is beyond chance and foresight.</summary>
    public bool IsLeak => Errors >= Condemned;

    /// <summary>Whether it should be explained, though it may be chance.</summary>
    public bool IsSuspect => Auc >= MostOfForesight && !double.IsNaN(Errors);

    /// <summary>Of a column.</summary>
    /// <param name="values">Per row its value, NaN where not known.</param>
    /// <param name="bad">Outcome of each row.</param>
    public static Separation Of(IReadOnlyList<double> values, bool[] bad)
    {
        var bads = bad.Count(one => one);
        var unknownLeast = Area(values, bad, double.NegativeInfinity);
        var unknownMost = values.Any(double.IsNaN) ? Area(values, bad, double.PositiveInfinity) : unknownLeast;
        (string Words, double Auc)[] readings =
        [
            ("more is riskier", unknownLeast), ("more, or not known, is riskier", unknownMost),
            ("less is riskier", 1 - unknownMost), ("less, or not known, is riskier", 1 - unknownLeast), // an order turned round
        ];
        var best = readings.MaxBy(one => one.Auc);
        var errors = bads < LeastBads || bads == bad.Length ? double.NaN : (best.Auc - MostOfForesight) / ErrorAtBound(bads, bad.Length - bads);
        return new Separation(best.Auc, errors, best.Words);
    }

    /// <summary>What was found, in words with figures.</summary>
    public string Told(int bads, int rows) => string.Create(
        CultureInfo.InvariantCulture,
        $"alone it ranks the outcomes of {rows} rows, {bads} of them bad, with AUC {Auc:0.000} ({Reading}), {Errors:0.0} standard errors {(Errors < 0 ? "from" : "above")} the {MostOfForesight} that one fact known beforehand is allowed");

    private static double Area(IReadOnlyList<double> values, bool[] bad, double unknown) =>
        AreaUnderCurve.Compute([.. values.Select(value => double.IsNaN(value) ? unknown : value)], bad);

    private static double ErrorAtBound(double bads, double goods)
    {
        const double A = MostOfForesight;
        var (q1, q2) = (A / (2 - A), 2 * A * A / (1 + A));
        return Math.Sqrt((A * (1 - A) + (bads - 1) * (q1 - A * A) + (goods - 1) * (q2 - A * A)) / (bads * goods));
    }
}
