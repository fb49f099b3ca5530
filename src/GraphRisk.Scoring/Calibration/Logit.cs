namespace GraphRisk.Scoring.Calibration;

/// <summary>Between a probability and its log-odds, without overflow at either end.</summary>
public static class Logit
{
    public static double ToProbability(double logOdds) => logOdds >= 0
        ? 1 / (1 + Math.Exp(-logOdds))
        : Math.Exp(logOdds) / (1 + Math.Exp(logOdds));

    /// <param name="probability">0 gives minus infinity, 1 plus infinity.</param>
    public static double FromProbability(double probability) => Math.Log(probability) - Math.Log(1 - probability);
}
