using GraphRisk.Cli.Input;
using GraphRisk.Graph.Algorithms.Contagion;
using GraphRisk.Graph.Algorithms.Structure;

namespace GraphRisk.Cli.Contagion;

/// <summary>What was typed: files and numbers; those absent have each method's own standard.</summary>
internal sealed record ContagionRequest(string Network)
{
    public string? Nodes { get; init; }

    public string? Shock { get; init; }

    public string? Changes { get; init; }

    public double? Alpha { get; init; }

    public double Recovery { get; init; }

    public double RecoveryOnAssets { get; init; } = 1;

    public double RecoveryOnClaims { get; init; } = 1;

    public double CallLine { get; init; } = 1.3;

    public double RestoreTo { get; init; } = 1.4;

    public double? Depth { get; init; }

    public int? Rounds { get; init; }

    /// <summary>Terms shown of each node, the largest; all where absent.</summary>
    public int? Top { get; init; }
}

/// <summary>The edges of a network file, by number of node.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Channels">Where the file has a channel column, the part of the graph of each.</param>
internal sealed record NetworkEdges(WeightedGraph Graph, IReadOnlyDictionary<string, WeightedGraph> Channels)
{
    /// <summary>Reads edges.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Names of nodes; grows.</param>
    /// <param name="from">Where an edge starts.</param>
    /// <param name="to">Where it leads.</param>
    /// <param name="weight">What its weight is, of those the first that the file has.</param>
    /// <param name="loop">Why an edge may not lead back to where it starts; absent, it may.</param>
    /// <param name="otherwise">Weight where the file has none of these; absent, one is required.</param>
    public static NetworkEdges Read(string path, NodeNames names, HeadingRole from, HeadingRole to, HeadingRole weight, string? loop, double? otherwise = null)
    {
        using var table = new HeadedTable(path);
        var (fromColumn, toColumn) = (table.Require(from), table.Require(to));
        var weightColumn = otherwise is null || table.Has(weight) ? table.Require(weight) : -1;
        var channelColumn = table.Has(HeadingRole.Channel) ? table.Require(HeadingRole.Channel) : -1;
        var edges = new List<(string Channel, int From, int To, double Weight)>();
        while (table.Next())
        {
            var value = weightColumn < 0 ? otherwise!.Value : table.Number(weightColumn, 0) ?? throw table.Fault(weightColumn, "is empty");
            var (source, target) = (names.NumberOf(table.Text(fromColumn)), names.NumberOf(table.Text(toColumn)));
            if (loop is not null && source == target && value > 0) throw table.Fault(toColumn, loop);
            edges.Add((channelColumn < 0 ? "" : table.Given(channelColumn) ?? "", source, target, value));
        }

        WeightedGraph Of(IEnumerable<(string Channel, int From, int To, double Weight)> some) =>
            WeightedGraph.Build(names.Count, some.Select(edge => (edge.From, edge.To, edge.Weight)));
        var channels = edges.Where(_ => channelColumn >= 0).GroupBy(edge => edge.Channel, StringComparer.Ordinal).OrderBy(channel => channel.Key, StringComparer.Ordinal);
        return new NetworkEdges(Of(edges), channels.ToDictionary(channel => channel.Key, Of, StringComparer.Ordinal));
    }
}

/// <summary>A network of debts as the files state it, a shock taken off.</summary>
/// <param name="Names">Names of nodes.</param>
/// <param name="Network">Debts, assets and equity after what the shock takes in money.</param>
/// <param name="Fields">What the nodes file says.</param>
/// <param name="Shock">What the shock file says.</param>
internal sealed record DebtNetwork(NodeNames Names, LiabilityNetwork Network, NodeFields Fields, NodeFields Shock)
{
    /// <summary>Why nobody is its own creditor.</summary>
    public const string OwesItself = "owes itself, which is no debt; leave the row out";

    private static readonly FieldRule[] NodeRules =
        [new(HeadingRole.Assets), new(HeadingRole.Equity, double.NegativeInfinity), new(HeadingRole.OutsideDebt), new(HeadingRole.Importance)];

    private static readonly FieldRule[] ShockRules = [new(HeadingRole.Shock, 0, 1), new(HeadingRole.Loss), new(HeadingRole.Default, IsYesOrNo: true)];

    /// <summary>Reads network, nodes and shock.</summary>
    /// <param name="request">The files.</param>
    /// <param name="takesAssets">Whether the shock comes off assets, and so off equity; otherwise it is left to the caller.</param>
    public static DebtNetwork Read(ContagionRequest request, bool takesAssets)
    {
        var names = new NodeNames();
        var fields = NodeFields.Read(request.Nodes, names, mayAdd: true, NodeRules);
        var edges = NetworkEdges.Read(request.Network, names, HeadingRole.Debtor, HeadingRole.Creditor, HeadingRole.Amount, OwesItself);
        fields.Require("it", HeadingRole.Assets, HeadingRole.Equity);
        var shock = NodeFields.Read(request.Shock, names, mayAdd: false, ShockRules);
        var count = names.Count;
        var (assets, outside) = (fields.All(HeadingRole.Assets, count), fields.All(HeadingRole.OutsideDebt, count));
        var before = new LiabilityNetwork(edges.Graph, outside, assets);
        double[] equity = [.. Enumerable.Range(0, count).Select(node => fields.Of(HeadingRole.Equity, node, before.NetWorth(node)))];
        for (var node = 0; node < count && takesAssets; node++)
        {
            var basis = fields.Has(HeadingRole.Assets) ? assets[node] : Math.Max(0, equity[node]);
            var lost = (shock.Of(HeadingRole.Shock, node) * basis) + shock.Of(HeadingRole.Loss, node);
            assets[node] = Math.Max(0, assets[node] - lost);
            equity[node] -= lost;
        }

        return new DebtNetwork(names, new LiabilityNetwork(edges.Graph, outside, assets, equity), fields, shock);
    }
}
