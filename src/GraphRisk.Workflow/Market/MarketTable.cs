using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Lending;
using GraphRisk.Scoring.Scores;

namespace GraphRisk.Workflow.Market;

/// <summary>By what the market is divided.</summary>
public enum MarketDivision
{
    Broker,

    /// <summary>The jurisdiction (辖区) of the brokers.</summary>
    Jurisdiction,

    /// <summary>The whole market.</summary>
    Market,
}

/// <summary>What counts as high risk.</summary>
public sealed record MarketParameters
{
    /// <summary>A client with debt whose probability of default is at or above it is of high risk.</summary>
    public double HighRiskFrom { get; init; } = 0.05;
}

/// <summary>
/// Securities financing by broker, by jurisdiction, or of the whole market. Money is added in decimal; a client of two
/// brokers of a division counts once in it. One pass over the contracts.
/// </summary>
public static class MarketTable
{
    /// <summary>Key of the one row of <see cref="MarketDivision.Market"/>.</summary>
    public const string WholeMarket = "MARKET";

    /// <summary>Key of brokers that state no jurisdiction.</summary>
    public const string NoJurisdiction = "";

    /// <summary>The rows, ordered by key.</summary>
    /// <param name="contracts">Contracts of the snapshot.</param>
    /// <param name="by">Division.</param>
    /// <param name="scores">Scores of clients by node; those without one are left out of the means.</param>
    /// <param name="parameters">What counts as high risk.</param>
    /// <param name="meter">Pays for it.</param>
    public static ImmutableArray<MarketRow> Of(
        ContractTable contracts, MarketDivision by, IReadOnlyDictionary<int, ScoreLine> scores,
        MarketParameters? parameters = null, WorkMeter? meter = null)
    {
        var nodes = contracts.Snapshot.Nodes;
        var rows = new SortedDictionary<string, MarketRowBuilder>(StringComparer.Ordinal);
        foreach (var broker in nodes.OfType("Broker"))
        {
            var (key, name) = KeyOf(nodes, broker, by);
            if (!rows.TryGetValue(key, out var row)) rows.Add(key, row = new MarketRowBuilder(key, name));
            row.AddBroker(contracts, broker, meter ?? WorkMeter.Unlimited);
        }

        return [.. rows.Values.Select(row => row.Build(scores, parameters ?? new MarketParameters()))];
    }

    /// <summary>The division a broker is of, with its name where it is one by itself.</summary>
    internal static (string Key, string? Name) KeyOf(NodeTable nodes, int broker, MarketDivision by) => by switch
    {
        MarketDivision.Broker => (nodes.IdOf(broker).Key, nodes.GetString(broker, "name")),
        MarketDivision.Jurisdiction => (nodes.GetString(broker, "jurisdiction") ?? NoJurisdiction, null),
        _ => (WholeMarket, null),
    };
}
