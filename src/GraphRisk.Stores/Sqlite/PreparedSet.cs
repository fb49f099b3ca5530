using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Store;

namespace GraphRisk.Stores.Sqlite;

/// <summary>A ChangeSet checked and hashed by the thread that brought it, so that the one writer has less to do.</summary>
internal sealed class PreparedSet
{
    private PreparedSet(ChangeSet set, PreparedChange[] changes)
    {
        Set = set;
        Changes = changes;
    }

    /// <summary>The set.</summary>
    public ChangeSet Set { get; }

    /// <summary>Its changes, of several on one fact only the last.</summary>
    public PreparedChange[] Changes { get; }

    /// <exception cref="InvalidFactException">A fact offends the schema.</exception>
    public static PreparedSet Of(ChangeSet set, SchemaCatalog catalog, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(set.Id, nameof(set));
        var places = new Dictionary<FactId, int>(set.Changes.Length);
        var changes = new PreparedChange[set.Changes.Length];
        for (var i = 0; i < changes.Length; i++)
        {
            if (i % 1024 == 0) cancellation.ThrowIfCancellationRequested();
            var fact = set.Changes[i].Fact;
            if (FactCheck.Find(catalog, fact) is { } fault) throw new InvalidFactException(fact, fault);
            changes[i] = PreparedChange.Of(set.Changes[i]);
            places[changes[i].Id] = i;
        }

        return new PreparedSet(
            set, places.Count == changes.Length ? changes : [.. changes.Where((change, i) => places[change.Id] == i)]);
    }
}

/// <summary>A change with the keys under which the indexes know its fact and its nodes.</summary>
internal readonly record struct PreparedChange(ChangeKind Kind, Fact Fact, FactId Id, NodeId A, IndexKey KeyOfA, NodeId? B, IndexKey KeyOfB)
{
    public static PreparedChange Of(Change change)
    {
        var id = change.Fact.Id;
        if (change.Fact is RelationshipFact edge)
            return new PreparedChange(
                change.Kind, edge, id, edge.From, IndexKey.Of(edge.From), edge.To, IndexKey.Of(edge.To));
        var node = ((NodeFact)change.Fact).Node;
        return new PreparedChange(change.Kind, change.Fact, id, node, IndexKey.Of(node), null, default);
    }
}
