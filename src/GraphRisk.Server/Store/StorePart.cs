using GraphQL.Types;
using GraphRisk.Graph.Schema;
using GraphRisk.Server.Composition;
using GraphRisk.Server.Security;
using GraphRisk.Server.Sessions;

namespace GraphRisk.Server.Store;

/// <summary>
/// What the server answers from: version and age of the store, and how much of what is in it. How much, and since when, would tell
/// brokers and clients what others write, so that is the regulator's.
/// </summary>
internal sealed class StorePart(GraphSession session) : ISchemaPart
{
    public void AddTo(SchemaParts parts)
    {
        parts.Types.Add(CountType());
        parts.Types.Add(Fields.Object(
            "Store", "The store and the snapshot of it that answers.",
            Fields.Of<GraphView>("stamp", "Stamp!", FieldAccess.Structure, "What the answer stands on.", view => view.Stamp),
            Fields.Of<GraphView>("schemaHash", "String!", Read(Sensitivity.Public), "SHA-256 over the texts of graph-schema.", view => view.Snapshot.Catalog.Hash),
            Fields.Of<GraphView>("age", "Float", Read(Sensitivity.Public), "Seconds since the version was recorded; null for an empty store, and for brokers and clients.", AgeOf),
            Fields.Of<GraphView>("available", "Boolean!", Read(Sensitivity.Public), "Whether the store can be reached; where not, the last snapshot answers and changes are refused.",
                _ => session.Sighting?.IsAway != true),
            Fields.Of<GraphView>("seenAt", "DateTime", Read(Sensitivity.Public), "When the store was last seen; null where it is asked for each question, and is there.",
                _ => session.Sighting?.SeenAt),
            Fields.Of<GraphView>("nodes", "[ElementCount!]", Counts, "Nodes by type: parties after resolution joined them. The regulator's alone; level 4.", view =>
                view.Snapshot.Catalog.NodeTypes.Select(type => new ElementCount(type.Name, view.Snapshot.Nodes.OfType(type.Name).Length))),
            Fields.Of<GraphView>("relationships", "[ElementCount!]", Counts, "Relationships by type. The regulator's alone; level 4.", view =>
                view.Snapshot.Relationships.Select(table => new ElementCount(table.Type.GraphName, table.Count)))));
        parts.Query.AddField(Fields.Resolved(
            "store", "Store", FieldAccess.Structure, "What the server answers from.", async context => await session.ViewAsync(context), BitemporalArguments.And()));
    }

    private static ObjectGraphType CountType() => Fields.Object(
        "ElementCount", "How many elements of a type there are.",
        Fields.Of<ElementCount>("type", "String!", FieldAccess.Structure, "Node type, or name of the relationship in the graph.", count => count.Type),
        Fields.Of<ElementCount>("count", "Int!", Counts, "How many.", count => count.Count));

    /// <summary>Sums over all brokers, day by day: market-wide positions in the making.</summary>
    private static FieldAccess Counts => FieldAccess.Aggregates(Sensitivity.Restricted);

    private static FieldAccess Read(Sensitivity level) => FieldAccess.Aggregates(level);

    private object? AgeOf(GraphView view) => view.Version == 0 || view.Stamp.Version is null ? null : (session.Now - view.Stamp.KnownAt).TotalSeconds;

    private sealed record ElementCount(string Type, int Count);
}
