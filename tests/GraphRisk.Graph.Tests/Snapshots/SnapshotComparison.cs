using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Graph.Tests.Snapshots;

/// <summary>Holds one snapshot against another by number: nodes, ids, records, values, series, and every row with its edges' values.</summary>
internal static class SnapshotComparison
{
    /// <summary>What differs first; null where nothing does.</summary>
    public static string? FirstDifference(Snapshot wanted, Snapshot found) =>
        InNodes(wanted.Nodes, found.Nodes)
        ?? wanted.Catalog.NodeTypes.Select(type => InList(type.Name, wanted.Nodes.OfType(type.Name), found.Nodes.OfType(type.Name))).FirstOrDefault(fault => fault is not null)
        ?? wanted.Relationships.Zip(found.Relationships).Select(pair => InTable(pair.First, pair.Second, wanted.Nodes.Count)).FirstOrDefault(fault => fault is not null);

    private static string? InNodes(NodeTable wanted, NodeTable found)
    {
        if (wanted.Count != found.Count) return $"{wanted.Count} numbers, not {found.Count}";
        for (var node = 0; node < wanted.Count; node++)
        {
            if (wanted.IsNode(node) != found.IsNode(node)) return $"{node} is a node in one of them";
            if (wanted.IdOf(node) != found.IdOf(node)) return $"{node} is {wanted.IdOf(node)}, not {found.IdOf(node)}";
            if (!wanted.MembersOf(node).SequenceEqual(found.MembersOf(node)))
                return $"{node} is {string.Join(' ', wanted.MembersOf(node))}, not {string.Join(' ', found.MembersOf(node))}";
            if (!wanted.IsNode(node)) continue;
            if (wanted.TypeOf(node) != found.TypeOf(node) || wanted.RowOf(node) != found.RowOf(node)) return $"type or row of {node}";
            foreach (var record in wanted.MembersOf(node))
                if (wanted.Find(record) != node || found.Find(record) != node) return $"{record} is not found at {node}";
            foreach (var field in wanted.TypeOf(node).Fields)
            {
                if (wanted.Get(node, field.Name) != found.Get(node, field.Name))
                    return $"{field.Name} of {wanted.IdOf(node)} is {wanted.Get(node, field.Name)}, not {found.Get(node, field.Name)}";
                var series = wanted.GetSeries(node, field.Name);
                var other = found.GetSeries(node, field.Name);
                if (!series.Days.SequenceEqual(other.Days) || !series.Values.SequenceEqual(other.Values)) return $"series {field.Name} of {wanted.IdOf(node)}";
            }
        }

        return null;
    }

    private static string? InList(string type, NodeList wanted, NodeList found)
    {
        var nodes = new List<int>();
        foreach (var node in found) nodes.Add(node);
        return wanted.ToArray().SequenceEqual(nodes) && found.ToArray().SequenceEqual(nodes) && found.Length == nodes.Count
            ? null : $"{type}: {string.Join(' ', wanted.ToArray())}, not {string.Join(' ', nodes)}";
    }

    private static string? InTable(RelationshipTable wanted, RelationshipTable found, int count)
    {
        var name = wanted.Type.GraphName;
        if (wanted.Count != found.Count || wanted.In.EdgeCount != found.In.EdgeCount || found.Count != found.In.EdgeCount)
            return $"{name}: {wanted.Count} edges, not {found.Count} and {found.In.EdgeCount}";
        if (wanted.Out.NodeCount != count || found.Out.NodeCount != count || found.In.NodeCount != count) return $"{name}: number of nodes";
        for (var node = 0; node < count; node++)
        {
            if (!wanted.Out.Neighbours(node).SequenceEqual(found.Out.Neighbours(node)))
                return $"{name} from {node}: {string.Join(' ', wanted.Out.Neighbours(node).ToArray())}, not {string.Join(' ', found.Out.Neighbours(node).ToArray())}";
            if (!wanted.In.Neighbours(node).SequenceEqual(found.In.Neighbours(node)))
                return $"{name} to {node}: {string.Join(' ', wanted.In.Neighbours(node).ToArray())}, not {string.Join(' ', found.In.Neighbours(node).ToArray())}";
            var (edge, end) = wanted.Out.Range(node);
            var (other, otherEnd) = found.Out.Range(node);
            if (end - edge != otherEnd - other || wanted.Out.Degree(node) != found.Out.Degree(node)) return $"{name}: degree of {node}";
            for (; edge < end; edge++, other++)
                if (InEdge(wanted, edge, found, other, node) is { } fault) return fault;
            (var place, end) = wanted.In.Range(node);
            (var otherPlace, _) = found.In.Range(node);
            for (; place < end; place++, otherPlace++)
            {
                var (near, far) = (found.In.Target(otherPlace), found.InEdge(otherPlace));
                var (first, last) = found.Out.Range(near);
                if (far < first || far >= last || found.Out.Target(far) != node) return $"{name} to {node}: edge {far} is none of {near}";
                if (InEdge(wanted, wanted.InEdge(place), found, far, near) is { } fault) return fault;
            }
        }

        return null;
    }

    private static string? InEdge(RelationshipTable wanted, int edge, RelationshipTable found, int other, int node)
    {
        var name = wanted.Type.GraphName;
        if (found.Out.Source(other) != node || wanted.Out.Source(edge) != node) return $"{name}: edge {other} of {node} is of {found.Out.Source(other)}";
        if (wanted.Out.Target(edge) != found.Out.Target(other)) return $"{name} from {node}: target of edge {other}";
        foreach (var field in wanted.Type.Fields)
            if (wanted.Get(edge, field.Name) != found.Get(other, field.Name))
                return $"{field.Name} of {name} from {node} to {wanted.Out.Target(edge)} is {wanted.Get(edge, field.Name)}, not {found.Get(other, field.Name)}";
        return null;
    }
}
