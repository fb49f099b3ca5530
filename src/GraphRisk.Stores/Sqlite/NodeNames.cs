using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Ids of nodes by their numbers. Nodes are numbered as they are first named, so a scan meets numbers near each other:
/// a miss reads a run of neighbours, and a direct-mapped cache keeps them.
/// </summary>
internal sealed class NodeNames
{
    private const int Places = 1 << 17;
    private const int RunLength = 32;
    private const string RunSql = "SELECT no, type, key FROM node WHERE no BETWEEN ? AND ? ORDER BY no";

    private readonly Session session;
    private (long Number, NodeId Id)[] places = [];

    public NodeNames(Session session) => this.session = session;

    /// <summary>The id of a node.</summary>
    /// <exception cref="FormatException">There is no such node.</exception>
    public NodeId IdOf(long number)
    {
        if (places.Length == 0) places = new (long, NodeId)[Places];
        ref var place = ref places[number & (Places - 1)];
        if (place.Number != number) ReadRun(number);
        return place.Number == number ? place.Id : throw new FormatException($"The store has no node number {number}.");
    }

    /// <summary>Forgets everything, after a transaction that numbered nodes was undone.</summary>
    public void Forget() => Array.Clear(places);

    private void ReadRun(long number)
    {
        var statement = session.Prepare(RunSql).Bind(1, number).Bind(2, number + RunLength - 1);
        while (statement.Step())
        {
            var at = statement.Integer(0);
            var type = session.Dictionaries.Types.ValueOf(statement.Integer(1)).Name;
            places[at & (Places - 1)] = (at, new NodeId(type, statement.Text(2)));
        }

        statement.Reset();
    }
}
