namespace GraphRisk.Intake.Resolution.Weights;

/// <summary>
/// What persons' verdicts on doubtful pairs make of their odds: a line through the bits (Platt 1999), so that of pairs told to be one with a probability
/// of 0.6 six of ten are. Before any verdict it changes nothing, and few verdicts change little: the line is held to that as by a normal
/// prior of one bit for its offset and a quarter for its slope. Found by Newton's method on the posterior, which is concave, so it is the same for the same verdicts.
/// </summary>
/// <param name="Offset">Hundredths of a bit added to even odds, at most <see cref="MostOffset"/> either way.</param>
/// <param name="Slope">What a bit counts for, 0.5 to 2.</param>
public readonly record struct Calibration(int Offset, double Slope)
{
    /// <summary>Hundredths of a bit the offset is kept within.</summary>
    public const int MostOffset = 4 * KindModel.Scale;

    /// <summary>What a bit counts for at least and at most.</summary>
    public const double LeastSlope = 0.5, MostSlope = 2;

    private const double OffsetSpread = 1, SlopeSpread = 0.25, Settled = 1e-10;
    private const int MostRounds = 50;

    /// <summary>Odds are taken as they are.</summary>
    public static Calibration None { get; } = new(0, 1);

    /// <summary>What it adds to a score, both in hundredths of a bit.</summary>
    public int StepAt(int score) => this == None ? 0 : (int)Math.Round(Offset + ((Slope - 1) * score));

    /// <summary>Fits the line to what persons said.</summary>
    /// <param name="verdicts">Scores in hundredths of a bit, with how many pairs of each were one party and how many were two.</param>
    public static Calibration Fit(IReadOnlyCollection<(int Score, double Same, double Other)> verdicts)
    {
        if (verdicts.Count == 0) return None;
        var (offset, slope) = (0.0, 1.0);
        for (var (round, change) = (0, 1.0); round < MostRounds && change > Settled; round++)
        {
            // Gradient and curvature of the log posterior, in bits.
            var (down, across) = (-offset / (OffsetSpread * OffsetSpread), -(slope - 1) / (SlopeSpread * SlopeSpread));
            var (downDown, downAcross, acrossAcross) = (1 / (OffsetSpread * OffsetSpread), 0.0, 1 / (SlopeSpread * SlopeSpread));
            foreach (var (score, same, other) in verdicts)
            {
                var bits = (double)score / KindModel.Scale;
                var p = 1 / (1 + Math.Pow(2, -(offset + (slope * bits))));
                var (error, weight) = (Math.Log(2) * (same - ((same + other) * p)), Math.Log(2) * Math.Log(2) * (same + other) * p * (1 - p));
                (down, across) = (down + error, across + (error * bits));
                (downDown, downAcross, acrossAcross) = (downDown + weight, downAcross + (weight * bits), acrossAcross + (weight * bits * bits));
            }

            var determinant = (downDown * acrossAcross) - (downAcross * downAcross);
            var (up, right) = (((acrossAcross * down) - (downAcross * across)) / determinant, ((downDown * across) - (downAcross * down)) / determinant);
            (offset, slope, change) = (offset + up, slope + right, Math.Abs(up) + Math.Abs(right));
        }

        return new Calibration(Math.Clamp((int)Math.Round(offset * KindModel.Scale), -MostOffset, MostOffset), Math.Clamp(Math.Round(slope, 6), LeastSlope, MostSlope));
    }
}
