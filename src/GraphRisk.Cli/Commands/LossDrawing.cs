using System.CommandLine;
using System.Globalization;
using GraphRisk.Cli.Composition;
using GraphRisk.Cli.Output;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Stress;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Registry;
using GraphRisk.Workflow.Stress;

namespace GraphRisk.Cli.Commands;

/// <summary>The options of <c>graphrisk stress</c> by which correlated defaults are drawn on top of a scenario, and what they give.</summary>
internal sealed class LossDrawing
{
    private readonly Option<int?> draws = Count("--draws", "Draw so many years of correlated defaults on top of the scenario; none where absent.");
    private readonly Option<double> correlation = Part("--correlation", "Asset correlation of the one common factor.", 0.15);
    private readonly Option<double> confidence = Part("--confidence", "Part of the years that are not in the tail.", 0.99);
    private readonly Option<double> lossGivenDefault = Part("--lgd", "Least part of what a client owes that is lost by its default; more where its collateral leaves more open.", 0.25);
    private readonly Option<double?> probability = new("--pd") { Description = "Probability of default of every client; by the scores of the model in use where absent.", HelpName = "P" };
    private readonly Option<ulong> seed = CommonOptions.Seed();

    /// <summary>The options.</summary>
    public IEnumerable<Option> Options => [draws, correlation, confidence, lossGivenDefault, probability, seed];

    /// <summary>The losses; null where none were asked for.</summary>
    /// <exception cref="UserErrorException">There is neither a model nor a probability, or a number is out of its range.</exception>
    public StressedLosses? Draw(ParseResult parsed, DataFolder folder, StressAnswer answer)
    {
        if (parsed.GetValue(draws) is not { } count) return null;
        if (count is < 1 or > 1_000_000) throw new UserErrorException("--draws is a number from 1 to 1,000,000.");
        var parameters = new DrawParameters
        {
            Draws = count, Correlation = Within(parsed, correlation, 0), Confidence = Within(parsed, confidence, double.Epsilon), Seed = parsed.GetValue(seed),
        };
        return StressedDefaults.Draw(answer, Probabilities(parsed.GetValue(probability), folder, answer.Market.Snapshot), Within(parsed, lossGivenDefault, 0), parameters);
    }

    /// <summary>What <c>--json</c> says of them.</summary>
    public static object? ReportOf(StressedLosses? drawn, Snapshot snapshot) => drawn is null ? null : new
    {
        drawn.Losses.Market,
        brokers = drawn.Brokers.Select((node, i) => new { key = snapshot.Nodes.IdOf(node).Key, distribution = drawn.Losses.Brokers[i], contribution = drawn.Losses.BrokerContributions[i] }),
        clients = drawn.Clients.Select((node, i) => new { key = snapshot.Nodes.IdOf(node).ToString(), contribution = drawn.Losses.ClientContributions[i] })
            .Where(client => client.contribution > 0).OrderByDescending(client => client.contribution).ThenBy(client => client.key, StringComparer.Ordinal),
    };

    /// <summary>Writes them as a table.</summary>
    public static void Write(Terminal terminal, StressedLosses drawn, Snapshot snapshot)
    {
        static string Show(double amount) => amount.ToString("N0", CultureInfo.InvariantCulture);
        static IReadOnlyList<string> Row(string key, LossDistribution losses, double contribution) =>
            [key, Show(losses.Expected), Show(losses.ValueAtRisk), Show(losses.ExpectedShortfall), Show(contribution)];
        terminal.WriteTable(
            "Correlated defaults", ["broker", "expected loss", "value at risk", "expected shortfall", "contribution to the market's"],
            [
                .. drawn.Brokers.Select((node, i) => Row(snapshot.Nodes.IdOf(node).Key, drawn.Losses.Brokers[i], drawn.Losses.BrokerContributions[i])),
                Row(StressTable.WholeMarket, drawn.Losses.Market, drawn.Losses.Market.ExpectedShortfall),
            ]);
        terminal.WriteLine(
            "Probabilities are today's, and what can be lost is what the scenario leaves owed: where it closes and repays contracts, a deeper fall leaves less "
            + "to lose afterwards. Read these figures together with the losses of the scenario.");
    }

    private static Dictionary<int, double> Probabilities(double? given, DataFolder folder, Snapshot snapshot)
    {
        if (given is { } part && part is not (>= 0 and <= 1)) throw new UserErrorException("--pd is a probability from 0 to 1.");
        if (given is { } same) return new Market.Parties(snapshot).Clients().ToDictionary(client => client, _ => same);
        using var model = FiledRecords.Registry(folder).OpenChampion()
            ?? throw new UserErrorException("There is no model to take probabilities from: train one with 'score', or give --pd.");
        return model.ScoreAll(snapshot, Environment.ProcessorCount).ToDictionary(line => line.Node, line => line.ProbabilityOfDefault);
    }

    private static double Within(ParseResult parsed, Option<double> option, double least) =>
        parsed.GetValue(option) is var part && part >= least && part < 1 ? part : throw new UserErrorException($"{option.Name} is a part from 0 to below 1.");

    private static Option<double> Part(string name, string description, double standard) =>
        new(name) { Description = description, HelpName = "PART", DefaultValueFactory = _ => standard };

    private static Option<int?> Count(string name, string description) => new(name) { Description = description, HelpName = "N" };
}
