using GraphRisk.Graph.Algorithms.Contagion;

namespace GraphRisk.Cli.Contagion;

/// <summary>What a method answers, as it is written out.</summary>
/// <param name="Method">Name of the method.</param>
/// <param name="Rounds">Rounds run.</param>
/// <param name="Converged">Whether it came to its end.</param>
/// <param name="Totals">Sums over all nodes.</param>
/// <param name="Nodes">A record for each node, in the order of the files.</param>
/// <param name="Edges">Which neighbour cost whom how much along which edge.</param>
internal sealed record ContagionReport(
    string Method, int Rounds, bool Converged, IReadOnlyDictionary<string, object?> Totals,
    IReadOnlyList<IReadOnlyDictionary<string, object?>> Nodes, IReadOnlyList<IReadOnlyDictionary<string, object?>> Edges)
{
    /// <summary>The same report, its numbers being numbers.</summary>
    /// <exception cref="UserErrorException">One grew beyond what a number holds; the message names node and field.</exception>
    public ContagionReport Finite()
    {
        Require([Totals], _ => "the whole network");
        Require(Nodes, node => $"node '{node["node"]}'");
        Require(Edges, edge => $"the edge from '{edge["from"]}' to '{edge["to"]}'");
        return this;
    }

    /// <summary>A record of named values, in their order.</summary>
    public static IReadOnlyDictionary<string, object?> Record(params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var record = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in values) record.Add(name, value);
        return record;
    }

    /// <summary>A record for each node.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, object?>> EachNode(NodeNames names, Func<int, (string, object?)[]> values) =>
        [.. Enumerable.Range(0, names.Count).Select(node => Record([("node", names[node]), .. values(node)]))];

    /// <summary>The terms of each node's loss, or of those the largest.</summary>
    /// <param name="names">Names of nodes.</param>
    /// <param name="attribution">The terms.</param>
    /// <param name="top">How many of each; all where absent.</param>
    /// <param name="amount">What the amount is called.</param>
    /// <param name="channel">Along what the edges lead, where that is known.</param>
    public static IEnumerable<IReadOnlyDictionary<string, object?>> EachEdge(
        NodeNames names, LossAttribution attribution, int? top, string amount, string? channel = null) =>
        from node in Enumerable.Range(0, names.Count)
        from term in top is { } most ? attribution.Largest(node, most) : attribution.Of(node)
        select channel is null
            ? Record(("from", names[term.From]), ("to", names[term.To]), (amount, term.Amount))
            : Record(("from", names[term.From]), ("to", names[term.To]), ("channel", channel), (amount, term.Amount));

    /// <summary>The round a node fell in; nothing where it stands.</summary>
    public static int? Round(int round) => round < 0 ? null : round;

    private static void Require(IEnumerable<IReadOnlyDictionary<string, object?>> records, Func<IReadOnlyDictionary<string, object?>, string> nameOf)
    {
        foreach (var record in records)
            foreach (var (field, value) in record)
                if (value is double number && !double.IsFinite(number) || value is double[] numbers && !numbers.All(double.IsFinite))
                    throw new UserErrorException($"{nameOf(record)}: {field} grows beyond what a number holds; look at the greatest and the smallest amounts that reach it.");
    }
}
