using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market.Credit;
using GraphRisk.Scoring.Capital;

namespace GraphRisk.Workflow.Stress;

/// <summary>A client that may default.</summary>
/// <param name="Probability">Its probability of default; 1 for one in default.</param>
/// <param name="Losses">What each broker loses by it, by number of the broker.</param>
public sealed record DefaultRisk(double Probability, ImmutableArray<(int Broker, double Loss)> Losses);

/// <summary>How defaults are drawn.</summary>
public sealed record DrawParameters
{
    /// <summary>Number of years drawn.</summary>
    public int Draws { get; init; } = 10_000;

    /// <summary>Asset correlation: how much clients lean on the one common factor, in [0, 1).</summary>
    public double Correlation { get; init; } = 0.15;

    /// <summary>Part of the years that are not in the tail, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.99;

    /// <summary>The same seed draws the same years.</summary>
    public ulong Seed { get; init; } = 7;
}

/// <summary>A distribution of losses.</summary>
/// <param name="Expected">Mean.</param>
/// <param name="ValueAtRisk">The least loss of the tail.</param>
/// <param name="ExpectedShortfall">Mean of the tail.</param>
/// <param name="Quantiles">Losses at 50%, 75%, 90%, 95%, 99%, 99.9%.</param>
public sealed record LossDistribution(double Expected, double ValueAtRisk, double ExpectedShortfall, ImmutableArray<double> Quantiles);

/// <summary>Losses by correlated defaults.</summary>
/// <param name="Market">All brokers together.</param>
/// <param name="Brokers">Each broker by itself, by number.</param>
/// <param name="BrokerContributions">What each broker adds to the market's expected shortfall: they sum to it.</param>
/// <param name="ClientContributions">What each client adds to it: they sum to it too.</param>
public sealed record CorrelatedLosses(
    LossDistribution Market, ImmutableArray<LossDistribution> Brokers, ImmutableArray<double> BrokerContributions, ImmutableArray<double> ClientContributions);

/// <summary>
/// Monte Carlo over one common factor (Vasicek 2002; Gordy 2003).
/// <para>
/// Each draw is a year of some badness; given it, clients default independently, each with its conditional probability
/// (<see cref="ConditionalDefault"/>). The tail is the worst (1 - confidence) of the years, at least one. A part's contribution
/// to the expected shortfall is the mean of its loss over the market's tail: the conditional expectation of Euler's rule (Tasche
/// 1999), so contributions add up. What is random is a hash of seed, draw and client (SplitMix64; Steele, Lea and Flood 2014): a
/// draw can be made again alone, and no client's fate depends on who else is in the list before it. Cost: draws × clients.
/// </para>
/// </summary>
public static class CorrelatedDefaults
{
    /// <summary>Parts of the years whose losses a distribution states (<see cref="LossDistribution.Quantiles"/>).</summary>
    public static ImmutableArray<double> Levels { get; } = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

    /// <summary>Draws the losses.</summary>
    /// <param name="clients">Who may default.</param>
    /// <param name="brokers">Number of brokers.</param>
    /// <param name="parameters">How to draw.</param>
    /// <param name="meter">Pays for it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is out of its range.</exception>
    public static CorrelatedLosses Draw(IReadOnlyList<DefaultRisk> clients, int brokers, DrawParameters parameters, WorkMeter? meter = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters.Draws, 1);
        if (!(parameters.Correlation >= 0 && parameters.Correlation < 1)) throw new ArgumentOutOfRangeException(nameof(parameters), parameters.Correlation, "a correlation here lies in [0, 1)");
        if (!(parameters.Confidence > 0 && parameters.Confidence < 1)) throw new ArgumentOutOfRangeException(nameof(parameters), parameters.Confidence, "a confidence lies in (0, 1)");
        double[] thresholds = [.. clients.Select(client => ThresholdOf(client.Probability))];
        var (market, byBroker) = (new double[parameters.Draws], new double[brokers][]);
        for (var broker = 0; broker < brokers; broker++) byBroker[broker] = new double[parameters.Draws];
        for (var draw = 0; draw < parameters.Draws; draw++)
        {
            meter?.Charge(clients.Count);
            foreach (var client in Defaulters(thresholds, draw, parameters))
                foreach (var (broker, loss) in clients[client].Losses)
                {
                    market[draw] += loss;
                    byBroker[broker][draw] += loss;
                }
        }

        var tail = TailOf(market, parameters.Confidence);
        var contributions = new double[clients.Count];
        foreach (var draw in tail)
        {
            meter?.Charge(clients.Count);
            foreach (var client in Defaulters(thresholds, draw, parameters)) contributions[client] += clients[client].Losses.Sum(one => one.Loss) / tail.Length;
        }

        return new CorrelatedLosses(
            Distribution(market, parameters.Confidence), [.. byBroker.Select(losses => Distribution(losses, parameters.Confidence))],
            [.. byBroker.Select(losses => tail.Sum(draw => losses[draw]) / tail.Length)], [.. contributions]);
    }

    private static double ThresholdOf(double probability) =>
        probability >= 1 ? double.PositiveInfinity : probability <= 0 ? double.NegativeInfinity : NormalDistribution.Inverse(probability);

    private static IEnumerable<int> Defaulters(double[] thresholds, int draw, DrawParameters parameters)
    {
        var year = Mix(Mix(parameters.Seed) + (ulong)draw);
        var badness = NormalDistribution.Inverse(Uniform(year));
        for (var client = 0; client < thresholds.Length; client++)
        {
            var threshold = thresholds[client];
            if (double.IsPositiveInfinity(threshold)
                || (!double.IsNegativeInfinity(threshold) && Uniform(Mix(year + (ulong)client + 1)) < ConditionalDefault.AtFactor(threshold, parameters.Correlation, badness)))
                yield return client;
        }
    }

    /// <summary>The worst draws, worst first; among equal losses the earlier.</summary>
    private static int[] TailOf(double[] losses, double confidence) =>
        [.. Enumerable.Range(0, losses.Length).OrderByDescending(draw => losses[draw]).ThenBy(draw => draw).Take(TailLength(losses.Length, confidence))];

    private static int TailLength(int draws, double confidence) => Math.Max(1, (int)Math.Round(draws * (1 - confidence)));

    private static LossDistribution Distribution(double[] losses, double confidence)
    {
        double[] sorted = [.. losses.Order()];
        var tail = TailLength(sorted.Length, confidence);
        return new LossDistribution(
            losses.Average(), sorted[^tail], sorted[^tail..].Average(),
            [.. Levels.Select(level => sorted[^TailLength(sorted.Length, level)])]);
    }

    private static double Uniform(ulong bits) => ((bits >> 11) + 0.5) / (1UL << 53);

    private static ulong Mix(ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
