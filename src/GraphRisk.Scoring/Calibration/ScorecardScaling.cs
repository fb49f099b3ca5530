namespace GraphRisk.Scoring.Calibration;

/// <summary>
/// From log-odds to points, as scorecards do it: a client at <see cref="Odds"/> good to one bad has
/// <see cref="BaseScore"/> points, and every <see cref="PointsToDoubleOdds"/> points double the odds.
/// Points = offset + factor x ln(good : bad), factor = PDO / ln 2, offset = base - factor x ln(odds).
/// Higher is safer. Linear, so contributions in log-odds become contributions in points by one multiplication.
/// </summary>
/// <param name="BaseScore">Points at the stated odds.</param>
/// <param name="Odds">Good to one bad at the base score.</param>
/// <param name="PointsToDoubleOdds">Positive.</param>
/// <param name="Lowest">Least score shown.</param>
/// <param name="Highest">Greatest score shown.</param>
public sealed record ScorecardScaling(
    double BaseScore = 600, double Odds = 50, double PointsToDoubleOdds = 20, int Lowest = 300, int Highest = 850)
{
    public double Factor => PointsToDoubleOdds / Math.Log(2);

    public double Offset => BaseScore - Factor * Math.Log(Odds);

    /// <summary>Points before clamping and rounding.</summary>
    /// <param name="logOddsOfDefault">ln(bad : good).</param>
    public double Points(double logOddsOfDefault) => Offset - Factor * logOddsOfDefault;

    /// <summary>A contribution to the log-odds of default, in points: positive lifts the score.</summary>
    public double PointsOfContribution(double logOddsContribution) => -Factor * logOddsContribution;

    /// <summary>The score shown: points rounded half to even and held inside [<see cref="Lowest"/>, <see cref="Highest"/>].</summary>
    public int Score(double logOddsOfDefault) =>
        (int)Math.Round(Math.Clamp(Points(logOddsOfDefault), Lowest, Highest), MidpointRounding.ToEven);
}
