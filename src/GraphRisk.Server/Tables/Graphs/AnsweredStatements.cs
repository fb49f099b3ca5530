using System.Globalization;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Intake.Export;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>
/// The parties of an answer and what they hold as statements after BODS 0.4: the answer is read as facts, so that it is stated as a chart of the store is. A field is a
/// fact where the query asks for it by its own name. Whose statements they are is the first party of the answer; what the viewer may not read is an annotation of it.
/// </summary>
internal static class AnsweredStatements
{
    private static readonly SchemaCatalog Catalog = SchemaCatalog.LoadEmbedded();
    private static readonly string[] Relationships = ["HOLDS", "RELATED_TO", "OFFICER_OF"];

    public static void Draw(AnsweredGraph graph, Stream to)
    {
        var nodes = graph.Nodes.Where(node => GraphGrafts.PartyTypes.Contains(node.Type)).ToList();
        if (nodes.Count == 0)
        {
            to.Write("[]"u8);
            return;
        }

        var parties = nodes.ToDictionary(node => node.Id, node => new NodeId(node.Type, node.Id), StringComparer.Ordinal);
        var stamp = new SnapshotStamp(0, graph.KnownAt ?? Validity.EndOfTime, graph.AsOf ?? Validity.EndOfTime, Catalog.Hash);
        var builder = new SnapshotBuilder(Catalog, stamp, Clusters.None);
        foreach (var node in nodes)
            builder.Add(new NodeFact(parties[node.Id], Properties.Of(StatedOf(Catalog.Node(node.Type), node)), Validity.Always, new Provenance("answer", node.Id, 1)));
        foreach (var (at, edge) in graph.Edges.Index())
        {
            if (!Relationships.Contains(edge.Relationship) || !parties.TryGetValue(edge.Source, out var from) || !parties.TryGetValue(edge.Target, out var end)) continue;
            var key = at.ToString(CultureInfo.InvariantCulture);
            builder.Add(new RelationshipFact(edge.Relationship, from, end, key, Properties.Of(StatedOf(Catalog.Relationship(edge.Relationship), edge)), Validity.Always, new Provenance("answer", key, 1)));
        }

        var snapshot = builder.Build();
        var chart = OwnershipChart.OfAll(snapshot, snapshot.Nodes.Find(parties[nodes[0].Id]), isComplete: graph.Cut == 0, WorkMeter.Unlimited);
        new BodsStatements(snapshot, chart, graph.About.Select(about => $"{about.Name}: {about.Text}")).Write(to);
    }

    private static IEnumerable<Property> StatedOf(ElementType type, GraphElement element)
    {
        foreach (var (name, value) in element.Values)
            if (type.FindField(name) is { } field && PropertyText.TryParse(field.Kind, DrawnText.Of(value), out var stated)) yield return new Property(name, stated);
    }
}
