using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms.Linkage;
using GraphRisk.Graph.Algorithms.Ownership;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Publishing;

/// <summary>
/// Derives from a snapshot what can be derived without a model or the books of contracts: parties, ties, groups and
/// findings. The same snapshot and parameters give the same publication. Cost: the links of every party.
/// </summary>
public static class PublicationBuilder
{
    /// <summary>The publication of a snapshot, without standings and scores.</summary>
    public static Publication Of(Snapshot snapshot, LinkParameters? parameters = null)
    {
        var holdings = HoldingGraph.Of(snapshot);
        var control = new CompanyControl(holdings, ConcertAgreement.InForce(snapshot));
        var links = new LinkedParties(snapshot, holdings, control, parameters);
        int[] parties = [.. Enumerable.Range(0, snapshot.Nodes.Count).Where(node => snapshot.Nodes.TypeOf(node).IsParty)];
        var ties = new PublishedTies(snapshot, holdings, control, links).Of(parties).ToImmutableArray();
        return new Publication(snapshot.Stamp)
        {
            Parties = [.. parties.Select(node => PartyOf(snapshot, node))],
            Ties = ties,
            Groups = [.. PublishedGroups.Of(snapshot, control, ties)],
            Findings = [.. PublishedFindings.Of(snapshot, holdings)],
        };
    }

    private static PublishedParty PartyOf(Snapshot snapshot, int node) => new(
        snapshot.Nodes.IdOf(node), snapshot.Nodes.MembersOf(node),
        snapshot.Relationship("CLIENT_OF").Out.Degree(node) > 0 || snapshot.Relationship("CONTRACTED").Out.Degree(node) > 0,
        Believed(snapshot.Nodes, node));

    private static Properties Believed(NodeTable nodes, int node)
    {
        var found = new List<Property>();
        foreach (var field in nodes.TypeOf(node).Fields)
            if (nodes.Get(node, field.Name) is { } value) found.Add(new Property(field.Name, value));
        return Properties.Of(found);
    }
}
