using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Market.Securities;
using GraphRisk.Scoring.Models;
using GraphRisk.Workflow.Authorisations;
using GraphRisk.Workflow.Warnings.Figures;

namespace GraphRisk.Workflow.Warnings;

/// <summary>
/// Reads the figures of every broker's clients over some days. What a broker is warned of rests on what it may know: its own records and open sources, as one
/// snapshot a broker; the score, computed on the whole view, comes in for clients whose authorisation for monitoring is in force, and for nobody else. Days are passed through a few at a time, in one pass
/// over the store each, and kept nowhere; what is left of a day is a row a client.
/// </summary>
/// <param name="snapshots">Where snapshots come from.</param>
/// <param name="model">The model that scores; null where there is none, and no score is known.</param>
public sealed class WarningReader(SnapshotProvider snapshots, CreditModel? model)
{
    /// <summary>The purpose a broker's desk follows its clients for.</summary>
    public const string Purpose = "monitoring";

    /// <summary>Nodes of all snapshots that are in memory together, about.</summary>
    private const int NodesAtOnce = 1_000_000;

    private int nodes = NodesAtOnce;

    /// <summary>The instant whose knowledge is read; null for all that is known now.</summary>
    public DateTimeOffset? KnownAt { get; init; }

    /// <summary>The brokers that lend, in the order of their ids, and the trading days up to a day.</summary>
    public async Task<(ImmutableArray<NodeId> Brokers, TradingDays Days)> OpenAsync(DateOnly day, CancellationToken cancellation = default)
    {
        var snapshot = await snapshots.GetAsync(Validity.CloseOf(day), KnownAt, cancellation);
        nodes = snapshot.Nodes.Count;
        var granted = snapshot.Relationship("GRANTED_BY").In;
        return ([.. snapshot.Nodes.OfType("Broker").ToArray().Where(broker => granted.Degree(broker) > 0).Select(snapshot.Nodes.IdOf).Order()], TradingDays.Of(snapshot));
    }

    /// <summary>Figures by broker and day.</summary>
    public async Task<IReadOnlyDictionary<NodeId, IReadOnlyDictionary<DateOnly, DayFigures>>> ReadAsync(
        IReadOnlyList<NodeId> brokers, WarningQuestion question, CancellationToken cancellation = default)
    {
        var read = brokers.ToDictionary(broker => broker, _ => new Dictionary<DateOnly, DayFigures>());
        var grants = new Dictionary<NodeId, AuthorisationBook>();
        Entitlement[] entitlements = [.. brokers.Select(broker => Entitlement.OfBroker(broker.Key))];
        DateOnly[][] passes = [.. question.Days.Keys.Chunk(DaysAtOnce(nodes))];
        // What is in force today is read with the days, where all of them and today are seen together.
        if (passes is not [var only] || !only.Contains(question.Today))
            await foreach (var (entitlement, seen) in snapshots.PassAllAsync([Validity.CloseOf(question.Today)], KnownAt, entitlements, cancellation))
                grants[new NodeId("Broker", entitlement.Broker!)] = AuthorisationBook.Of(seen[0]);
        foreach (var days in passes)
        {
            var scores = await ScoresAsync([.. days.Where(day => question.Days[day].Any(WarningFigures.RestsOnScore))], cancellation);
            await foreach (var (entitlement, seen) in snapshots.PassAllAsync([.. days.Select(Validity.CloseOf)], KnownAt, entitlements, cancellation))
            {
                var broker = new NodeId("Broker", entitlement.Broker!);
                if (!grants.ContainsKey(broker)) grants[broker] = AuthorisationBook.Of(seen.First(snapshot => snapshot.Stamp.AsOfDay == question.Today));
                foreach (var snapshot in seen)
                    if (snapshot.Nodes.Find(broker) is >= 0 and var node)
                        read[broker][snapshot.Stamp.AsOfDay] = DayFigures.Read(
                            new MarketReading(snapshot), node, question.Days[snapshot.Stamp.AsOfDay], client => ScoreOf(snapshot, client, broker), WorkMeter.EndedBy(cancellation));
            }

            ClientScore? ScoreOf(Snapshot snapshot, int client, NodeId broker) =>
                scores.TryGetValue(snapshot.Stamp.AsOfDay, out var ofDay) && ofDay.TryGetValue(snapshot.Nodes.MembersOf(client)[0], out var score)
                && grants[broker].Allows(snapshot, client, broker.Key, AuthorisationScope.Score, Purpose, question.Today, question.Clock)
                    ? score : null;
        }

        return read.ToDictionary(one => one.Key, IReadOnlyDictionary<DateOnly, DayFigures> (one) => one.Value);
    }

    private static int DaysAtOnce(int nodes) => Math.Clamp(NodesAtOnce / Math.Max(1, nodes), 1, 32);

    /// <summary>The scores of all clients by day and record; nothing where no model scores.</summary>
    private async Task<Dictionary<DateOnly, Dictionary<NodeId, ClientScore>>> ScoresAsync(IReadOnlyList<DateOnly> days, CancellationToken cancellation)
    {
        var scores = new Dictionary<DateOnly, Dictionary<NodeId, ClientScore>>();
        if (model is null || days.Count == 0) return scores;
        foreach (var snapshot in await snapshots.PassAllAsync([.. days.Select(Validity.CloseOf)], KnownAt, Entitlement.Whole, cancellation))
        {
            var ofDay = scores[snapshot.Stamp.AsOfDay] = [];
            foreach (var line in model.Open(new MarketReading(snapshot)).ScoreAll(meter: WorkMeter.EndedBy(cancellation)))
                foreach (var record in snapshot.Nodes.MembersOf(line.Node)) ofDay[record] = new ClientScore(line.Score, line.ProbabilityOfDefault);
        }

        return scores;
    }
}
