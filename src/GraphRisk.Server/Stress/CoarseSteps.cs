using GraphRisk.Market.Stress;
using GraphRisk.Server.Errors;

namespace GraphRisk.Server.Stress;

/// <summary>
/// Keeps scenarios as coarse as what is read by who may not ask by client. By halving a move until a contract of a small division is called, its ratio would
/// be found to any digit; by halving a part until a rounded sum turns over, its amount; by the moves between two days of a replay, which are as fine as prices, the same.
/// </summary>
internal static class CoarseSteps
{
    /// <summary>Fewest draws: with a few, a seed decides who defaults.</summary>
    private const int FewestDraws = 1000;

    private const decimal Step = 0.05m;
    private const decimal StepOfConfidence = 0.005m;

    /// <summary>Refuses a scenario that is finer.</summary>
    /// <exception cref="Http.TypedError">It is.</exception>
    public static void Check(Scenario scenario, string argument)
    {
        if (scenario.Replay is not null) throw Refuse(argument, "replay: its moves are finer than what is read for your purpose");
        foreach (var (price, at) in scenario.Prices.Select((price, at) => (price, at))) Check(argument, $"prices[{at}].move", price.Move, Step);
        Check(argument, "depth.marketValueShare", scenario.Depth?.MarketValueShare, Step);
        Check(argument, "depth.liquidity", scenario.Depth?.Liquidity, Step);
        Check(argument, "depth.volatility", scenario.Depth?.Volatility, Step);
        Check(argument, "freeMeans", scenario.FreeMeans, Step);
    }

    /// <summary>Refuses draws that are finer.</summary>
    /// <exception cref="Http.TypedError">They are.</exception>
    public static void Check(int draws, double correlation, double confidence, double lossGivenDefault)
    {
        if (draws < FewestDraws) throw Refuse("draws", $"at least {FewestDraws} for your purpose");
        Check("correlation", null, (decimal)correlation, Step);
        Check("confidence", null, (decimal)confidence, StepOfConfidence);
        Check("lossGivenDefault", null, (decimal)lossGivenDefault, Step);
    }

    private static void Check(string argument, string? field, decimal? number, decimal step)
    {
        if (number is { } given && given % step != 0)
            throw Refuse(argument, $"{(field is null ? "" : $"{field}: ")}in steps of {step} for your purpose; finer ones would give rounded figures back exactly");
    }

    private static Http.TypedError Refuse(string argument, string why) => Problem.BadInput(argument, $"{why}. Model validation opens it.");
}
