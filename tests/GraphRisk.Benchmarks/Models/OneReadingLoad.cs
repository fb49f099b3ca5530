using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Market.Lending;
using GraphRisk.Market.Publishing;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Scores;
using GraphRisk.Scoring.Training;
using GraphRisk.Simulation;
using GraphRisk.Workflow.Exposure;
using GraphRisk.Workflow.Market;

namespace GraphRisk.Benchmarks.Models;

/// <summary>
/// Whether scoring, exposure, market, market facts, publication and contagion give one debt for every client of a generated
/// market, and whether nobody with a contract in disposal is better than D: what <c>OneReadingTests</c> holds on the sample.
/// </summary>
internal static class OneReadingLoad
{
    public static async Task RunAsync(int clients, string process, string folder)
    {
        await using var generated = await GeneratedMarket.OpenAsync(clients, Enum.Parse<ContagionProcess>(process, ignoreCase: true), folder);
        var known = new MarketReading(await generated.LatestAsync());
        // What is in default is D under any model: one of two quarters serves.
        var options = new TrainingOptions { Seed = GeneratedMarket.Seed, TrainQuarters = 1, TestQuarters = 1, Folds = 2 };
        var plan = TrainingPlan.For(DataReach.Of(known), options);
        var panel = new Panel(new DefaultHistory(known), plan, options);
        foreach (var day in plan.AsOfDates) panel.Add(FeatureSet.Open(new MarketReading(await generated.AtAsync(day))));
        using var model = ModelTraining.Run(panel, plan, known.Snapshot.Catalog, options, GeneratedMarket.Recorded);
        Report(process, new MarketReading(await generated.AtAsync(DataReach.Of(known).Last)), model);
    }

    /// <summary>Compares all clients of a reading and says how many differ.</summary>
    internal static void Report(string process, MarketReading market, CreditModel model)
    {
        var clients = market.Parties.Clients();
        Compare(process, market, clients);
        var lines = model.Open(market).ScoreAll().ToList();
        var disposed = lines.Where(line => market.Contracts.OfParty(line.Node).Any(contract => contract.Status == ContractStatus.InDisposal)).ToList();
        Console.WriteLine(
            $"  in disposal {disposed.Count} clients, of these better than D {disposed.Count(line => line.Grade != "D" || line.ProbabilityOfDefault < 1)}; D {lines.Count(line => line.Grade == "D")}, of these not in default {lines.Count(line => line.Grade == "D" && !market.Defaults.IsInDefault(line.Node))}");
    }

    private static void Compare(string process, MarketReading market, int[] clients)
    {
        var column = FeatureSet.Features.Select(feature => feature.Name).ToList().IndexOf("debt");
        var scored = FeatureSet.Open(market).Compute(clients, columns: [column]);
        var (exposure, brokers) = (new LinkedExposure(market), market.Snapshot.Nodes.OfType("Broker").ToArray());
        var published = PublicationBuilder.Of(market).Standings.ToLookup(standing => market.Snapshot.Nodes.Find(standing.Party));
        var debts = market.Debts(WorkMeter.Unlimited);
        var differ = new SortedDictionary<string, int>(StringComparer.Ordinal) { ["contagion"] = 0, ["exposure"] = 0, ["market facts"] = 0, ["publication"] = 0, ["scoring"] = 0 };
        var (owing, total) = (0, 0m);
        for (var row = 0; row < clients.Length; row++)
        {
            var (client, debt) = (clients[row], market.Contracts.OfParty(clients[row]).Sum(contract => contract.Debt));
            (owing, total) = (owing + (debt > 0 ? 1 : 0), total + debt);
            void Count(string where, bool isSame) => differ[where] += isSame ? 0 : 1;
            Count("scoring", Math.Abs(Math.Exp(scored.Row(row)[column]) - 1 - (double)debt) <= 1e-5 * (1 + (double)debt)); // a float holds its logarithm
            Count("exposure", brokers.Sum(broker => exposure.Of(broker, client)?.Own.Debt ?? 0m) == debt);
            Count("market facts", ClientFacts.Of(market, client).Debt == debt);
            Count("publication", published[client].Sum(standing => standing.Debt) == debt);
            Count("contagion", debts[market.Parties.IndexOf(client)] == (double)debt);
        }

        var whole = MarketTable.Of(market.Contracts, MarketDivision.Market, new Dictionary<int, ScoreLine>()).Single().Debt;
        Console.WriteLine($"one reading, {process} as of {market.Snapshot.Stamp.AsOfDay:yyyy-MM-dd}: {clients.Length} clients, {owing} owe {total} yuan; the market's table says {whole}");
        Console.WriteLine($"  clients whose debt differs: {string.Join(", ", differ.Select(pair => $"{pair.Key} {pair.Value}"))}");
    }
}
