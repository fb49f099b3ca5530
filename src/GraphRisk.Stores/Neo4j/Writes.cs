using System.Runtime.InteropServices;
using System.Text.Json;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Stores.Neo4j;

/// <summary>
/// The writes of one append, gathered by statement and sent so that what is dropped goes before what takes its place.
/// Relationships go ordered by their ends, which keeps the locks of a transaction in one order.
/// </summary>
internal sealed class Writes
{
    private readonly Dictionary<string, List<Dictionary<string, object?>>> newNodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Dictionary<string, object?>>> filledNodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Dictionary<string, object?>>> statements = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string From, string To), List<Dictionary<string, object?>>> relationships = [];
    private readonly Dictionary<string, List<string>> emptiedNodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> droppedRelationships = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Dictionary<string, object?>>> identifiers = new(StringComparer.Ordinal);
    private readonly List<string> droppedStatements = [];
    private readonly List<string> closedRetractions = [];
    private readonly List<Dictionary<string, object?>> former = [];

    /// <summary>Gives a node a fact of its own; what it showed of a content that is replaced and no longer said goes.</summary>
    public void PutNode(NodeFact fact, NodeType type, Recording recording, bool exists, Recording? replaced)
    {
        var row = recording.ToMap();
        if (replaced is not null)
            using (var old = JsonDocument.Parse(replaced.Json))
                foreach (var property in old.RootElement.EnumerateObject()) row[property.Name] = null;
        row["key"] = fact.Node.Key;
        row["_shown"] = Priority(fact);
        foreach (var (name, value) in NativeProperties.OfNode(type, fact.Properties)) row[name] = value;
        Of(exists ? filledNodes : newNodes, fact.Node.Type).Add(row);
    }

    public void PutStatement(NodeFact fact, NodeType type, Recording recording)
    {
        var stored = recording.ToMap();
        stored["_node"] = fact.Node.ToString();
        stored["_type"] = fact.Node.Type;
        Of(statements, fact.Node.Type).Add(new Dictionary<string, object?>
        {
            ["key"] = fact.Node.Key,
            ["fact"] = stored,
            ["shown"] = NativeProperties.OfNode(type, fact.Properties),
            ["priority"] = Priority(fact),
        });
    }

    public void PutRelationship(RelationshipFact fact, Recording recording, bool replaces)
    {
        if (replaces) DropRelationship(fact.Relationship, recording.Fact);
        var stored = recording.ToMap();
        stored["_ends"] = $"{fact.From.Type}>{fact.To.Type}";
        stored["_key"] = fact.Key;
        NativeProperties.AddTo(stored, fact.Properties);
        Of(relationships, (fact.Relationship, fact.From.Type, fact.To.Type)).Add(new Dictionary<string, object?>
        {
            ["start"] = fact.From.Key,
            ["end"] = fact.To.Key,
            ["fact"] = stored,
        });
    }

    /// <summary>Ties the node to the identifiers the fact states.</summary>
    public void Identify(NodeFact fact, NodeType type)
    {
        foreach (var identifier in Identifiers.Of(fact, type))
            Of(identifiers, fact.Node.Type).Add(new Dictionary<string, object?> { ["key"] = fact.Node.Key, ["identifier"] = identifier });
    }

    public void DropRelationship(string type, string fact) => Of(droppedRelationships, type).Add(fact);

    public void DropStatement(string fact) => droppedStatements.Add(fact);

    public void EmptyNode(NodeId node) => Of(emptiedNodes, node.Type).Add(node.Key);

    public void CloseRetraction(FactId fact) => closedRetractions.Add(fact.ToString());

    public void AddFormer(Recording recording, Element element, ChangeKind kind, long? closed)
    {
        var row = recording.ToMap();
        row["_kind"] = kind.ToString();
        row["_closed"] = closed;
        row["_type"] = element.Type;
        row["_relationship"] = element.Relationship is not null;
        row["_element"] = element.ToText();
        row["_node"] = element.Start.ToString();
        row["_end"] = element.Relationship is null ? null : element.End.ToString();
        former.Add(row);
    }

    public async Task SendAsync(QueryTransaction transaction, int batchSize, long version, CancellationToken cancellation)
    {
        async Task Send<T>(string text, IReadOnlyList<T> rows, string parameter, params (string, string)[] names)
        {
            var statement = CypherText.Get(text).With(names);
            foreach (var batch in rows.Chunk(batchSize))
            {
                var parameters = new Dictionary<string, object?> { [parameter] = batch };
                if (text == "store/close-retractions") parameters["version"] = version;
                await transaction.RunAsync(statement, parameters, cancellation);
            }
        }

        await Send("store/close-retractions", closedRetractions, "facts");
        await Send("store/create-former", former, "rows");
        await Send("store/drop-statements", droppedStatements, "facts");
        foreach (var (type, facts) in droppedRelationships) await Send("store/drop-relationships", facts, "facts", ("Type", type));
        foreach (var (type, keys) in emptiedNodes) await Send("store/empty-nodes", keys, "keys", ("Type", type));
        foreach (var (type, rows) in newNodes) await Send("store/create-nodes", rows, "rows", ("Type", type));
        foreach (var (type, rows) in filledNodes) await Send("store/fill-nodes", rows, "rows", ("Type", type));
        foreach (var (type, rows) in statements) await Send("store/create-statements", rows, "rows", ("Type", type));
        foreach (var (type, rows) in identifiers) await Send("store/identify", rows, "rows", ("Type", type));
        foreach (var ((type, from, to), rows) in relationships)
        {
            rows.Sort(static (left, right) => CompareEnds(left, right));
            await Send("store/create-relationships", rows, "rows", ("Type", type), ("From", from), ("To", to));
        }
    }

    private static int CompareEnds(Dictionary<string, object?> left, Dictionary<string, object?> right)
    {
        var byStart = string.CompareOrdinal((string)left["start"]!, (string)right["start"]!);
        return byStart != 0 ? byStart : string.CompareOrdinal((string)left["end"]!, (string)right["end"]!);
    }

    private static List<T> Of<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key)
        where TKey : notnull => CollectionsMarshal.GetValueRefOrAddDefault(lists, key, out _) ??= [];

    /// <summary>Which of several facts on a node shows: the most reliable, then the latest.</summary>
    internal static long Priority(NodeFact fact) =>
        ((long)(fact.Provenance.Reliability * 1000) << 48) + (fact.Validity.From.Ticks / TimeSpan.TicksPerMillisecond);
}
