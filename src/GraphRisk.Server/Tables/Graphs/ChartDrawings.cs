using GraphRisk.Graph.Algorithms.Ownership.Charts;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>A chart of ownership as GraphML or DOT, drawn as the answers of questions are: nodes with type and name, holdings with all that is stated of them.</summary>
public static class ChartDrawings
{
    /// <summary>Writes the chart as GraphML.</summary>
    public static void DrawGraphMl(Snapshot snapshot, OwnershipChart chart, Stream to) => GraphMl.Draw(GraphOf(snapshot, chart), to);

    /// <summary>Writes the chart in the language of Graphviz.</summary>
    public static void DrawDot(Snapshot snapshot, OwnershipChart chart, Stream to) => Dot.Draw(GraphOf(snapshot, chart), to);

    private static AnsweredGraph GraphOf(Snapshot snapshot, OwnershipChart chart)
    {
        var graph = new AnsweredGraph { Cut = chart.IsComplete ? 0 : 1 };
        string IdOf(int node) => snapshot.Nodes.IdOf(node).ToString();
        foreach (var party in chart.Parties.Concat(chart.Agreements.SelectMany(agreement => agreement.Members.Concat(agreement.Companies).Append(agreement.Node))))
        {
            var node = graph.Node(IdOf(party), snapshot.Nodes.TypeOf(party).Name);
            foreach (var field in new[] { "name", "kind" })
                if (snapshot.Nodes.TypeOf(party).FindField(field) is not null && snapshot.Nodes.Get(party, field)?.AsString() is { } text) node.Set(field, text);
        }

        // Of one list all: two alike are two holdings.
        const int Round = 1;
        var holds = snapshot.Relationship("HOLDS");
        foreach (var (edge, holder, company) in chart.Holdings)
        {
            var drawn = new GraphEdge("HOLDS", IdOf(holder), IdOf(company));
            foreach (var field in holds.Type.Fields)
                if (holds.Get(edge, field.Name) is { } value) drawn.Set(field.Name, ValueOf(value));
            graph.Add(drawn, Round);
        }

        foreach (var tie in chart.Ties)
        {
            var drawn = new GraphEdge("RELATED_TO", IdOf(tie.Party), IdOf(tie.Subject));
            drawn.Set("kind", tie.Word);
            graph.Add(drawn, Round);
        }

        foreach (var agreement in chart.Agreements)
        {
            foreach (var member in agreement.Members) graph.Add(new GraphEdge("BOUND_BY", IdOf(member), IdOf(agreement.Node)), Round);
            foreach (var company in agreement.Companies) graph.Add(new GraphEdge("VOTES_IN", IdOf(agreement.Node), IdOf(company)), Round);
        }

        return graph;
    }

    private static object ValueOf(PropertyValue value) => value.Kind switch
    {
        FieldKind.Decimal => value.AsDecimal(),
        FieldKind.Boolean => value.AsBoolean(),
        _ => PropertyText.Of(value),
    };
}
