using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market;
using GraphRisk.Scoring.Features;
using GraphRisk.Scoring.Trees;

namespace GraphRisk.Workflow.Warnings.Figures;

/// <summary>What is kept of one client's day.</summary>
/// <param name="Values">A value for each figure that was asked for; NaN where it is not known.</param>
/// <param name="Exposure">What it owes the broker, yuan.</param>
/// <param name="Probability">Probability of default it is ranked by: of its score, else its distress by what the broker itself knows.</param>
/// <param name="IsScored">Whether the score gave it.</param>
/// <param name="IsInDefault">Whether it is in default by what the broker knows: there is nothing to warn of any more.</param>
public readonly record struct ClientFigures(double[] Values, decimal Exposure, double Probability, bool IsScored, bool IsInDefault);

/// <summary>
/// The figures of a broker's clients at the close of a day: of all under whose contracts with it something is owed, by the record the broker knows each by. The cost is
/// one pass over its clients; the snapshot is not held. Immutable.
/// </summary>
public sealed class DayFigures
{
    private readonly ImmutableArray<string> figures;
    private readonly IReadOnlyDictionary<NodeId, ClientFigures> clients;

    private DayFigures(DateOnly day, ImmutableArray<string> figures, IReadOnlyDictionary<NodeId, ClientFigures> clients) => (Day, this.figures, this.clients) = (day, figures, clients);

    /// <summary>The day.</summary>
    public DateOnly Day { get; }

    /// <summary>The clients, in no order.</summary>
    public IEnumerable<KeyValuePair<NodeId, ClientFigures>> Clients => clients;

    /// <summary>What is kept of a client; null where it owed nothing on the day.</summary>
    public ClientFigures? Of(NodeId client) => clients.TryGetValue(client, out var found) ? found : null;

    /// <summary>A figure of a client; NaN where it is not known, or was not asked for.</summary>
    public double ValueOf(NodeId client, string figure) => figures.IndexOf(figure) is >= 0 and var at && clients.TryGetValue(client, out var found) ? found.Values[at] : double.NaN;

    /// <summary>Reads the figures of a broker's clients.</summary>
    /// <param name="market">The reading of what the broker may know at the close of the day.</param>
    /// <param name="broker">Its node.</param>
    /// <param name="figures">Names of figures and features.</param>
    /// <param name="scoreOf">The score of a client, by its node, where the broker may be told it.</param>
    /// <param name="meter">Pays.</param>
    public static DayFigures Read(MarketReading market, int broker, ImmutableArray<string> figures, Func<int, ClientScore?> scoreOf, WorkMeter meter)
    {
        var (code, daily, clients) = (market.Snapshot.Nodes.IdOf(broker).Key, market.AtClose(meter), new List<ClientOnDay>());
        foreach (var client in market.Contracts.ClientsOf(broker))
        {
            meter.ChargeNode(1);
            if (market.Parties.IndexOf(client) >= 0 && daily.Of(client, broker).ToImmutableArray() is { IsEmpty: false } contracts)
                clients.Add(new ClientOnDay(market, client, contracts, scoreOf(client), meter));
        }

        var features = FeaturesOf(market, clients, figures, meter);
        var read = new Dictionary<NodeId, ClientFigures>(clients.Count);
        for (var row = 0; row < clients.Count; row++)
        {
            var (client, at) = (clients[row], row);
            read[RecordOf(market.Snapshot, client.Node, code)] = new ClientFigures(
                [.. figures.Select(name => WarningFigures.Find(name) is { } figure ? figure.Read(client) : features![at, WarningFigures.ColumnOf(name)])],
                client.Contracts.Sum(one => one.Contract.Debt), client.Score?.Probability ?? market.Distress(meter).Of(client.Party), client.Score is not null, market.Defaults.IsInDefault(client.Node));
        }

        return new DayFigures(market.Snapshot.Stamp.AsOfDay, figures, read);
    }

    private static FeatureMatrix? FeaturesOf(MarketReading market, List<ClientOnDay> clients, ImmutableArray<string> figures, WorkMeter meter)
    {
        int[] columns = [.. figures.Where(name => WarningFigures.Find(name) is null).Select(WarningFigures.ColumnOf)];
        return columns.Length == 0 || clients.Count == 0 ? null : FeatureSet.Open(market).Compute([.. clients.Select(client => client.Node)], meter, columns);
    }

    /// <summary>The record a broker knows a party by: the first of its own, else the party's first.</summary>
    private static NodeId RecordOf(Snapshot snapshot, int party, string brokerCode)
    {
        foreach (var record in snapshot.Nodes.MembersOf(party))
            if (SourceOwner.Of(record) == brokerCode) return record;
        return snapshot.Nodes.IdOf(party);
    }
}
