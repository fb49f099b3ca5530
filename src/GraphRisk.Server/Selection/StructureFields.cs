using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Algorithms.Structure;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Selection;
using GraphRisk.Server.Nodes;
using GraphRisk.Server.Paths;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Selection;

/// <summary>
/// A party's place in the viewer's whole graph as fields to select by: <c>pageRank</c>, <c>component</c> and <c>community</c>, over the ties
/// between parties, as they are read of one node without <c>kinds</c>. What they rest on is computed once a view and kept (<see cref="Groupings"/>).
/// </summary>
internal sealed class StructureFields
{
    private const int StepsPerSeal = 50;

    private static readonly FieldAccess Public = FieldAccess.Reads(Sensitivity.Public);

    private readonly SchemaCatalog catalog;
    private readonly NodeIds ids;

    public StructureFields(SchemaCatalog catalog, NodeIds ids)
    {
        (this.catalog, this.ids) = (catalog, ids);
        PageRank = Made("Party", "pageRank", FieldKind.Decimal, "PageRank among all nodes, over the ties between parties.", (scope, ties) =>
        {
            var ranks = Groupings.Of(scope.View).RanksOver(ties, scope.Meter);
            return node => PropertyValue.Of(Math.Round((decimal)ranks[node], 12));
        });
        Groups =
        [
            GroupOf("component", "Component", "The parties that hang together with a party, through any number of others.", static (all, ties, meter) => all.ComponentsOver(ties, meter)),
            GroupOf("community", "Community", "A group with more ties inside than chance would put there.", static (all, ties, meter) => all.CommunitiesOver(ties, meter)),
        ];
    }

    private delegate Components Reading(Groupings groupings, IReadOnlyList<RelationshipType> ties, WorkMeter meter);

    /// <summary>PageRank.</summary>
    public SelectableField PageRank { get; }

    /// <summary>Component and community.</summary>
    public ImmutableArray<SelectableGroup> Groups { get; }

    private SelectableGroup GroupOf(string name, string type, string description, Reading read) => new(name, type, description,
    [
        Made(type, "id", FieldKind.String, "The same for all its members.", (scope, ties) =>
        {
            var groups = read(Groupings.Of(scope.View), ties, scope.Meter);
            var (nodes, kinds, known) = (scope.View.Snapshot.Nodes, string.Join(' ', ties.Select(tie => tie.GraphName)), new Dictionary<int, PropertyValue>());
            return node =>
            {
                if (known.TryGetValue(groups.Of(node), out var id)) return id;
                scope.Meter.Charge(StepsPerSeal);
                id = PropertyValue.Of(ids.OfGroup(scope.Sight.Request.Viewer, $"{name} {kinds}", nodes.IdOf(groups.Members(groups.Of(node))[0])));
                known.Add(groups.Of(node), id);
                return id;
            };
        }),
        Made(type, "size", FieldKind.Integer, "Number of its nodes, 1 or more.", (scope, ties) =>
        {
            var groups = read(Groupings.Of(scope.View), ties, scope.Meter);
            return node => PropertyValue.Of((long)groups.SizeOf(groups.Of(node)));
        }),
    ], name);

    private SelectableField Made(
        string owner, string name, FieldKind kind, string description, Func<SelectionScope, List<RelationshipType>, Func<int, PropertyValue?>> read)
    {
        var field = new Field(name, kind, description, Sensitivity.Public, default);
        return new SelectableField(owner, field, Public, scope =>
            new(FieldValues.Computed(field, read(scope, Groupings.TiesOf(catalog, scope.Sight.Request, owner == "Party" ? name : owner.ToLowerInvariant())))));
    }
}
