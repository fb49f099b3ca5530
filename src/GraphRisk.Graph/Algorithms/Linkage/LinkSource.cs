using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Algorithms.Linkage;

/// <summary>Gives the links of some kinds that a party has, in a fixed order. Thread-safe.</summary>
internal interface ILinkSource
{
    /// <summary>Links from a party, never to itself; the meter pays for what is looked at to find them.</summary>
    IEnumerable<Link> From(int party, WorkMeter meter);
}

/// <summary>Links along one relationship between parties, in both directions.</summary>
internal sealed class DirectLinks(RelationshipTable table, LinkKind kind, double strength, string? valueField = null) : ILinkSource
{
    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        meter.Charge(WorkUnit.Edges, table.Out.Degree(party) + table.In.Degree(party));
        var (start, end) = table.Out.Range(party);
        for (var edge = start; edge < end; edge++)
            if (table.Out.Target(edge) != party) yield return Make(party, table.Out.Target(edge), edge, isForward: true);
        (start, end) = table.In.Range(party);
        for (var place = start; place < end; place++)
            if (table.In.Target(place) != party) yield return Make(party, table.In.Target(place), table.InEdge(place), isForward: false);
    }

    private Link Make(int from, int to, int edge, bool isForward) => new(
        from, to, kind, strength, valueField is null ? null : table.GetDecimal(edge, valueField), -1, isForward,
        [new EdgeReference(table.Type.GraphName, edge)]);
}

/// <summary>Offices: between a party and the companies it holds one in. A party with more companies than the hub limit ties nobody.</summary>
internal sealed class OfficerLinks(RelationshipTable table, LinkParameters parameters) : ILinkSource
{
    private readonly Column? representative = table.ColumnOf("legalRepresentative");

    public IEnumerable<Link> From(int party, WorkMeter meter)
    {
        meter.Charge(WorkUnit.Edges, table.Out.Degree(party) + table.In.Degree(party));
        var (start, end) = table.Out.Range(party);
        for (var edge = start; edge < end; edge++)
            if (Make(party, party, table.Out.Target(edge), edge, isForward: true) is { } link) yield return link;
        (start, end) = table.In.Range(party);
        for (var place = start; place < end; place++)
        {
            var officer = table.In.Target(place);
            if (Make(officer, party, officer, table.InEdge(place), isForward: false) is { } link) yield return link;
        }
    }

    private Link? Make(int officer, int from, int to, int edge, bool isForward)
    {
        var kind = representative?.Get(edge)?.AsBoolean() == true ? LinkKind.LegalRepresentative : LinkKind.Officer;
        return from != to && table.Out.Degree(officer) <= parameters.HubLimit && parameters.Strengths.TryGetValue(kind, out var strength)
            ? new Link(from, to, kind, strength, null, -1, isForward, [new EdgeReference(table.Type.GraphName, edge)])
            : null;
    }
}
