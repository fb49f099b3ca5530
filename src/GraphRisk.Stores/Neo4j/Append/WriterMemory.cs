using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Neo4j.Append;

/// <summary>
/// What this process knows to be new to the store, so that a first load asks the server for nothing: facts and nodes that
/// it has not written itself, as long as the store was empty when it began and no other process has written since. Says
/// "perhaps known" of everything otherwise. Used by one append at a time.
/// </summary>
internal sealed class WriterMemory
{
    private readonly MembershipFilter written = new();
    private bool isWhole;
    private long version = -1;

    /// <summary>Begins an append under the store's lock.</summary>
    /// <param name="before">Version of the store.</param>
    public void Begin(long before)
    {
        isWhole = before == 0 || (isWhole && before == version);
        if (before == 0 || !isWhole) written.Clear();
        version = before;
    }

    /// <summary>Notes that an append was committed.</summary>
    /// <param name="after">Version of the store after it.</param>
    public void Commit(long after) => version = after;

    public bool MayKnow(FactId fact) => !isWhole || written.Contains(fact.Low);

    public bool MayKnow(NodeId node) => !isWhole || written.Contains(HashOf(node));

    /// <summary>Notes that an append writes a fact, and with it what the fact is about.</summary>
    public void Add(Fact fact, FactId id)
    {
        if (!isWhole) return;
        written.Add(id.Low);
        if (fact is NodeFact node)
        {
            written.Add(HashOf(node.Node));
        }
        else if (fact is RelationshipFact edge)
        {
            written.Add(HashOf(edge.From));
            written.Add(HashOf(edge.To));
        }
    }

    private static ulong HashOf(NodeId node)
    {
        var hash = ((ulong)(uint)node.Type.GetHashCode(StringComparison.Ordinal) << 32) ^ ((ulong)(uint)node.Key.GetHashCode(StringComparison.Ordinal) * 0x9E3779B97F4A7C15);
        hash = (hash ^ (hash >> 31)) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 30);
    }
}
