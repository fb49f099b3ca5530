using System.Collections;
using System.Text.Json;

namespace GraphRisk.Server.Tables.Graphs;

/// <summary>
/// Reads a graph off an answer by what <see cref="GraphGrafts"/> put into its query. Values below a node or an edge are its own, named by the way
/// to them, as columns of a table are; lists are JSON.
/// </summary>
internal sealed class GraphReader
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AnsweredGraph graph = new();
    private int rounds;

    private GraphReader()
    {
    }

    /// <param name="data">The answer's data.</param>
    public static AnsweredGraph Read(object? data)
    {
        var reader = new GraphReader();
        reader.Meet(data, null, 0);
        return reader.graph;
    }

    /// <param name="value">A part of the answer.</param>
    /// <param name="near">Id of the node it is below; null where of none.</param>
    /// <param name="round">The list it is in.</param>
    private void Meet(object? value, string? near, int round)
    {
        if (value is not IDictionary<string, object?> map)
        {
            if (value is string || value is not IEnumerable items) return;
            var inside = ++rounds;
            foreach (var item in items) Meet(item, near, inside);
            return;
        }

        var owner = OwnerOf(map, near);
        var below = (owner as GraphNode)?.Id ?? near;
        foreach (var (name, child) in map)
            if (name == $"{GraphGrafts.Prefix}more") graph.Cut += child is IDictionary<string, object?> page && page["hasNextPage"] is true ? 1 : 0;
            else if (name == $"{GraphGrafts.Prefix}complete") graph.Cut += child is false ? 1 : 0;
            else if (name.StartsWith(GraphGrafts.Prefix, StringComparison.Ordinal)) Meet(child, below, round);
            else Put(owner, name, child, below, round);
        if (owner is GraphEdge edge) graph.Add(edge, round);
    }

    /// <summary>The node or edge that an object of the answer is; null where neither.</summary>
    private GraphElement? OwnerOf(IDictionary<string, object?> map, string? near)
    {
        if (Text(map, "id") is { } id) return Stated(graph.Node(id, Text(map, "type")!), map);
        if (Text(map, "edge") is { } type && GraphGrafts.Relationships.TryGetValue(type, out var relationship) && Other(map, "node") is { } far && near is not null)
            return relationship.FromStart ? new GraphEdge(relationship.Name, near, far) : new GraphEdge(relationship.Name, far, near);
        if (Text(map, "row") is { } row && Other(map, "from") is { } start && Other(map, "to") is { } end) return new GraphEdge(GraphGrafts.Rows[row], start, end);
        if (Text(map, "kind") is { } kind && Other(map, "from") is { } from && Other(map, "to") is { } to)
            return map[$"{GraphGrafts.Prefix}forward"] is false ? new GraphEdge(kind, to, from) : new GraphEdge(kind, from, to);
        if (map.TryGetValue($"{GraphGrafts.Prefix}parties", out var parties) && parties is IEnumerable chain) Chain(chain, map[$"{GraphGrafts.Prefix}shares"]);
        return null;
    }

    /// <summary>A node with what is asked of it for statements: its kind, and the instants it is of.</summary>
    private GraphNode Stated(GraphNode node, IDictionary<string, object?> map)
    {
        if (Text(map, $"kind{node.Type}") is { } kind) node.Set("kind", kind);
        if (graph.AsOf is null && map.TryGetValue($"{GraphGrafts.Prefix}stamp", out var stamp) && stamp is IDictionary<string, object?> instants)
            (graph.AsOf, graph.KnownAt) = (Instant(instants["asOf"]), Instant(instants["knownAt"]));
        return node;
    }

    private static DateTimeOffset Instant(object? value) =>
        value as DateTimeOffset? ?? DateTimeOffset.Parse(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A chain of holdings: each party holds a share of the next.</summary>
    private void Chain(IEnumerable parties, object? shares)
    {
        var steps = (shares as IEnumerable)?.Cast<object?>().ToList() ?? [];
        var ids = parties.Cast<object?>().Select(party => party is IDictionary<string, object?> map ? Known(map) : null).ToList();
        var round = ++rounds;
        for (var i = 0; i + 1 < ids.Count; i++)
        {
            if (ids[i] is not { } holder || ids[i + 1] is not { } held) continue;
            var edge = new GraphEdge("HOLDS", holder, held);
            if (i < steps.Count && steps[i] is { } share) edge.Set("share", share);
            graph.Add(edge, round);
        }
    }

    private void Put(GraphElement? owner, string name, object? value, string? near, int round)
    {
        if (value is null) return;
        if (HoldsGraph(value)) Meet(value, near, round);
        else if (value is IDictionary<string, object?> map)
            foreach (var (key, child) in map) Put(owner, $"{name}.{key}", child, near, round);
        else owner?.Set(name, value is IEnumerable and not string ? JsonSerializer.Serialize(value, Plain) : Single(value));
    }

    private static bool HoldsGraph(object? value) => value switch
    {
        string or null => false,
        IDictionary<string, object?> map => map.Any(one => one.Key.StartsWith(GraphGrafts.Prefix, StringComparison.Ordinal) || HoldsGraph(one.Value)),
        IEnumerable items => items.Cast<object?>().Any(HoldsGraph),
        _ => false,
    };

    private static object Single(object value) => value switch
    {
        int number => (long)number,
        float number => (double)number,
        string or bool or long or decimal or double => value,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private string? Other(IDictionary<string, object?> map, string name) =>
        map.TryGetValue(GraphGrafts.Prefix + name, out var value) && value is IDictionary<string, object?> other ? Known(other) : null;

    private string? Known(IDictionary<string, object?> map) => Text(map, "id") is { } id ? graph.Node(id, Text(map, "type")!).Id : null;

    private static string? Text(IDictionary<string, object?> map, string name) => map.TryGetValue(GraphGrafts.Prefix + name, out var value) ? value?.ToString() : null;
}
