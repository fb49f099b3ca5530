using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Market.Lending;

namespace GraphRisk.Market.Publishing;

/// <summary>
/// Derives from a reading of the market what can be derived without a model: parties, ties, groups, findings, what clients owe
/// their brokers. The same reading and parameters give the same publication. Cost: the links of every party.
/// </summary>
public static class PublicationBuilder
{
    /// <summary>The publication of a reading, without scores.</summary>
    public static Publication Of(MarketReading market, LinkParameters? parameters = null)
    {
        var (snapshot, paid) = (market.Snapshot, WorkMeter.Unlimited);
        var (holdings, control) = (market.Holdings(paid), market.Control(ShareBound.Lower, paid));
        int[] parties = [.. Enumerable.Range(0, snapshot.Nodes.Count).Where(node => snapshot.Nodes.TypeOf(node).IsParty)];
        var links = market.Links(parameters ?? LinkParameters.Default, paid);
        return new Publication(snapshot.Stamp)
        {
            Parties = [.. parties.Select(node => new PublishedParty(
                snapshot.Nodes.IdOf(node), snapshot.Nodes.MembersOf(node), market.Contracts.IsClient(node), Believed(snapshot.Nodes, node)))],
            Ties = [.. new PublishedTies(snapshot, holdings, control, links).Of(parties)],
            Groups = [.. PublishedGroups.Of(market, paid)],
            Findings = [.. PublishedFindings.Of(snapshot, holdings)],
            Standings = [.. Standings(market.Contracts)],
        };
    }

    private static IEnumerable<PublishedStanding> Standings(ContractTable contracts)
    {
        foreach (var broker in contracts.Snapshot.Nodes.OfType("Broker").ToArray())
            foreach (var client in contracts.ClientsOf(broker))
                yield return StandingOf(contracts, client, broker);
    }

    private static PublishedStanding StandingOf(ContractTable table, int client, int broker)
    {
        ImmutableArray<Contract> contracts = [.. table.Of(client, broker).Where(contract => contract.IsOutstanding)];
        decimal DebtOf(ContractKind kind) => contracts.Where(contract => contract.Kind == kind).Sum(contract => contract.Debt);
        return new PublishedStanding(
            table.Snapshot.Nodes.IdOf(client), table.Snapshot.Nodes.IdOf(broker), contracts.Length,
            DebtOf(ContractKind.Margin), DebtOf(ContractKind.Pledge), DebtOf(ContractKind.Repo),
            contracts.Sum(contract => contract.Collateral), contracts.Sum(contract => contract.Uncovered));
    }

    private static Properties Believed(NodeTable nodes, int node)
    {
        var found = new List<Property>();
        foreach (var field in nodes.TypeOf(node).Fields)
            if (nodes.Get(node, field.Name) is { } value) found.Add(new Property(field.Name, value));
        return Properties.Of(found);
    }
}
