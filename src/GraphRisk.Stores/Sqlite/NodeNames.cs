using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Stores.Sqlite;

/// <summary>
/// Ids of nodes by their numbers. Nodes are numbered as they are first named, so a reader meets numbers near each other: a
/// miss reads a run of neighbours, and a direct-mapped cache keeps them. A scan of the whole log meets the ends of
/// relationships all over; for its duration every run read is kept, packed.
/// </summary>
internal sealed class NodeNames
{
    private const int Places = 1 << 17;
    private const string RunSql = "SELECT no, type, key FROM node WHERE no BETWEEN ? AND ? ORDER BY no";

    private readonly Session session;
    private (long Number, NodeId Id)[] places = [];
    private PackedNames? packed;

    public NodeNames(Session session) => this.session = session;

    /// <summary>The id of a node.</summary>
    /// <exception cref="FormatException">There is no such node.</exception>
    public NodeId IdOf(long number)
    {
        if (places.Length == 0) places = new (long, NodeId)[Places];
        ref var place = ref places[number & (Places - 1)];
        if (place.Number == number) return place.Id;
        if (packed?.TryFind(number, out var type, out var key) == true) place = (number, IdOf(type, key));
        else ReadRun(number);
        return place.Number == number ? place.Id : throw new FormatException($"The store has no node number {number}.");
    }

    /// <summary>Keeps all that is read from now on until the handle is disposed; for a reader, who sees no number that can be undone.</summary>
    public IDisposable KeepAll()
    {
        packed = new PackedNames();
        return new Keeping(this);
    }

    /// <summary>Forgets everything, after a transaction that numbered nodes was undone.</summary>
    public void Forget() => Array.Clear(places);

    private void ReadRun(long number)
    {
        var run = PackedNames.RunOf(number);
        var first = PackedNames.FirstOf(run);
        var statement = session.Prepare(RunSql).Bind(1, first).Bind(2, first + PackedNames.RunLength - 1);
        packed?.Begin();
        while (statement.Step())
        {
            var at = statement.Integer(0);
            var type = (int)statement.Integer(1);
            var key = statement.Bytes(2);
            packed?.Add(type, key);
            places[at & (Places - 1)] = (at, IdOf(type, key));
        }

        statement.Reset();
        packed?.End(run);
    }

    private NodeId IdOf(int type, ReadOnlySpan<byte> key) =>
        new(session.Dictionaries.Types.ValueOf(type).Name, Encoding.UTF8.GetString(key));

    private sealed class Keeping(NodeNames names) : IDisposable
    {
        public void Dispose() => names.packed = null;
    }
}
