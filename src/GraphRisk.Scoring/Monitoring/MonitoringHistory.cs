using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Labels;
using GraphRisk.Scoring.Models;
using GraphRisk.Scoring.Training;

namespace GraphRisk.Scoring.Monitoring;

/// <summary>How a model is watched. Changed by <c>with</c>.</summary>
public sealed record MonitoringOptions
{
    /// <summary>Quarters beside those the model was taught and tested on; the latest ones. Each costs a snapshot of the whole market.</summary>
    public int OtherQuarters { get; init; } = 8;

    /// <summary>Above so many client-quarters whole clients are left out at random, by a hash of their id.</summary>
    public int MaximumRows { get; init; } = 400_000;

    /// <summary>Seed of the intervals.</summary>
    public int Seed { get; init; } = 7;
}

/// <summary>
/// The quarters of a model: those it was taught and tested on, and the latest others up to the last day reached. A quarter's features
/// are what was known at its close (<see cref="TrainingHistory"/>), outcomes are what is known now. Costs one snapshot a quarter; only
/// the rows of features are kept.
/// </summary>
internal static class MonitoringHistory
{
    /// <param name="reach">How far the sources reach.</param>
    public static IReadOnlyList<DateOnly> QuartersOf(ModelCard card, DataReach reach, MonitoringOptions options)
    {
        DateOnly[] own = [.. card.TrainingQuarters, .. card.TestQuarters];
        var others = Quarters.EndsWithin(own.Min(), reach.Last).Except(own).TakeLast(options.OtherQuarters);
        return [.. own.Where(day => day <= reach.Last).Concat(others).Order()];
    }

    public static async ValueTask<IReadOnlyList<MonitoredQuarter>> ReadAsync(
        TrainingHistory history, MarketReading latest, CreditModel model, DataReach reach, MonitoringOptions options, WorkMeter meter)
    {
        var outcomes = new DefaultHistory(latest);
        var days = QuartersOf(model.Card, reach, options);
        var read = new List<MonitoredQuarter>();
        foreach (var day in days)
        {
            var snapshot = await history.AtAsync(day, meter.Cancellation);
            var until = Quarters.Shift(day, model.Definition.HorizonQuarters);
            read.Add(Read(
                FeatureSet.Open(new MarketReading(snapshot)), outcomes, day, until, until <= reach.Last, history.ReachesBackTo(day), options.MaximumRows / days.Count, meter));
        }

        return read;
    }

    private static MonitoredQuarter Read(
        SnapshotFeatures quarter, DefaultHistory outcomes, DateOnly day, DateOnly until, bool isKnown, bool isTrue, int most, WorkMeter meter)
    {
        var nodes = quarter.Snapshot.Nodes;
        var clients = quarter.Parties.Clients().ToArray();
        var share = (double)most / Math.Max(1, clients.Count(quarter.IsAtRisk));
        bool IsKept(int node) => share >= 1 || outcomes.NumberOf(nodes.IdOf(node)) < share * ulong.MaxValue;
        var atRisk = clients.Where(node => quarter.IsAtRisk(node) && IsKept(node)).ToArray();
        return new MonitoredQuarter(
            day, until, isKnown, quarter.Snapshot.Stamp.Version, isTrue, quarter.Compute(atRisk, meter),
            [.. atRisk.Select(node => Describe(quarter, outcomes, node, day))],
            clients.Where(node => quarter.Market.Defaults.IsInDefault(node) && IsKept(node)).Select(node => outcomes.NumberOf(nodes.IdOf(node))).ToHashSet());
    }

    private static MonitoredClient Describe(SnapshotFeatures quarter, DefaultHistory outcomes, int node, DateOnly day)
    {
        var (id, contracts) = (quarter.Snapshot.Nodes.IdOf(node), quarter.Market.Contracts);
        var (defaulted, cured) = outcomes.FirstAfter(id, day);
        ImmutableArray<string> brokers =
        [
            .. contracts.OfParty(node).Where(contract => contract.Debt > 0).Select(contract => contracts.BrokerOf(contract.Node)).Where(broker => broker >= 0)
                .Distinct().Select(broker => quarter.Snapshot.Nodes.IdOf(broker).Key).Order(StringComparer.Ordinal),
        ];
        return new MonitoredClient(outcomes.NumberOf(id), quarter.Parties.IsCompany(quarter.Parties.IndexOf(node)), defaulted, cured, brokers);
    }
}
