namespace GraphRisk.Server.Tables.Graphs;

/// <summary>A node or an edge with what the query asked of it, in the order it was met.</summary>
public abstract class GraphElement
{
    private readonly List<(string Name, object Value)> values = [];

    /// <summary>Names and values: text, decimal, long, double or bool.</summary>
    public IReadOnlyList<(string Name, object Value)> Values => values;

    /// <summary>States a value; what is stated already stays.</summary>
    internal void Set(string name, object value)
    {
        if (!values.Exists(one => one.Name == name)) values.Add((name, value));
    }

    /// <summary>Whether no value is stated otherwise of another element.</summary>
    internal bool Agrees(GraphElement other) => values.TrueForAll(one => other.values.TrueForAll(its => its.Name != one.Name || its.Value.Equals(one.Value)));
}

/// <param name="Id">Its global id.</param>
/// <param name="Type">Its type.</param>
public sealed class GraphNode(string id, string type) : GraphElement
{
    public string Id { get; } = id;

    public string Type { get; } = type;
}

/// <summary>An edge, as its relationship runs.</summary>
public sealed class GraphEdge(string relationship, string source, string target) : GraphElement
{
    public string Relationship { get; } = relationship;

    public string Source { get; } = source;

    public string Target { get; } = target;

    /// <summary>The list it was last met in.</summary>
    internal int Round { get; set; }
}

/// <summary>
/// The nodes and edges of an answer, each once. An edge that is met again, from its other end or on another path, is the same where nothing
/// asked of it differs; two of one list are two.
/// </summary>
public sealed class AnsweredGraph
{
    private readonly Dictionary<string, GraphNode> nodes = new(StringComparer.Ordinal);
    private readonly List<GraphNode> inOrder = [];
    private readonly List<GraphEdge> edges = [];
    private readonly Dictionary<(string, string, string), List<GraphEdge>> between = [];

    public IReadOnlyList<GraphNode> Nodes => inOrder;

    public IReadOnlyList<GraphEdge> Edges => edges;

    /// <summary>Values that were refused.</summary>
    public int Denied { get; internal set; }

    /// <summary>Lists that go on, and searches that a limit ended.</summary>
    public int Cut { get; internal set; }

    /// <summary>What the graph lacks, in words; null where nothing.</summary>
    public string? Lacks => (Denied, Cut) is (0, 0) ? null : FormattableString.Invariant($"{Denied} values are not open to the viewer; {Cut} lists or searches go on.");

    /// <summary>The instant in the world its parties are of; null where it was not asked.</summary>
    public DateTimeOffset? AsOf { get; internal set; }

    /// <summary>Up to when knowledge of them counts.</summary>
    public DateTimeOffset? KnownAt { get; internal set; }

    /// <summary>What its query asks for, as the viewer sees it.</summary>
    internal TableHead Head { get; set; } = new([], null, null);

    /// <summary>What the graph says of itself: what it lacks, and which values are not open or not as they are.</summary>
    public IEnumerable<(string Name, string Text)> About => from one in ((string Name, string? Text)[])
        [("lacks", Lacks), ("refusedColumns", Head.Refused), ("alteredColumns", Head.Altered)]
        where one.Text is not null select (one.Name, one.Text!);

    internal GraphNode Node(string id, string type)
    {
        if (nodes.TryGetValue(id, out var node)) return node;
        inOrder.Add(node = new GraphNode(id, type));
        nodes.Add(id, node);
        return node;
    }

    internal void Add(GraphEdge edge, int round)
    {
        if (!between.TryGetValue((edge.Relationship, edge.Source, edge.Target), out var known)) between.Add((edge.Relationship, edge.Source, edge.Target), known = []);
        if (known.Find(one => one.Round != round && one.Agrees(edge)) is { } same)
        {
            foreach (var (name, value) in edge.Values) same.Set(name, value);
            same.Round = round;
            return;
        }

        edge.Round = round;
        known.Add(edge);
        edges.Add(edge);
    }
}
