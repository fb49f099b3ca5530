using GraphQL;
using GraphQL.Types;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;

namespace GraphRisk.Server.Paging;

/// <summary>Relay's connection and edge types.</summary>
internal static class Connections
{
    /// <summary>What every connection shares.</summary>
    public static ObjectGraphType PageInfo() => Fields.Object(
        "PageInfo", "Where a page stands in its connection.",
        Fields.Of<Page>("hasNextPage", "Boolean!", FieldAccess.Structure, "There are items after this page.", page => page.HasNext),
        Fields.Of<Page>("hasPreviousPage", "Boolean!", FieldAccess.Structure, "There are items before this page.", page => page.HasPrevious),
        Fields.Of<Page>("startCursor", "String", FieldAccess.Structure, "Cursor of the first item; null on an empty page.",
            page => page.Edges.Count == 0 ? null : page.Edges[0].Cursor),
        Fields.Of<Page>("endCursor", "String", FieldAccess.Structure, "Cursor of the last item; null on an empty page.",
            page => page.Edges.Count == 0 ? null : page.Edges[^1].Cursor));

    /// <summary>The edge type and the connection type of one kind of connection, edge type first.</summary>
    /// <param name="name">What the type names begin with.</param>
    /// <param name="description">What is listed, as a phrase such as "Holders of a company".</param>
    /// <param name="node">Name of the type of what an edge leads to.</param>
    /// <param name="nodeOf">The node of an edge's item.</param>
    /// <param name="fields">Further fields of an edge; their source is the <see cref="Edge"/>.</param>
    public static IEnumerable<IGraphType> Of(
        string name, string description, string node, Func<object, IResolveFieldContext, object?> nodeOf, params IEnumerable<FieldType> fields)
    {
        yield return Fields.Object($"{name}Edge", $"{description}: one of them.",
        [
            Fields.Of<Edge>("cursor", "String!", FieldAccess.Structure, "Place of the edge, for after and before.", edge => edge.Cursor),
            Fields.Of<Edge>("node", node, FieldAccess.Structure, "What the edge leads to.", (edge, context) => nodeOf(edge.Item, context)),
            .. fields,
        ]);
        yield return Fields.Object($"{name}Connection", $"{description}, in pages.",
            Fields.Of<Page>("edges", $"[{name}Edge!]!", FieldAccess.Structure, "The edges of the page.", page => page.Edges),
            Fields.Of<Page>("nodes", $"[{node}]!", FieldAccess.Structure, "What the edges of the page lead to.",
                (page, context) => page.Edges.Select(edge => nodeOf(edge.Item, context)).ToArray()),
            Fields.Of<Page>("pageInfo", "PageInfo!", FieldAccess.Structure, "Where the page stands.", page => page),
            Fields.Of<Page>("totalCount", "Int!", FieldAccess.Structure, "Number of all items, not only of this page.", page => page.TotalCount),
            Fields.Of<Page>("stamp", "Stamp!", FieldAccess.Structure, "What the connection stands on.", page => page.Stamp));
    }
}
