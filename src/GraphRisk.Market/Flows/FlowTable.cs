using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Flows;

/// <summary>
/// The flows of one kind, read from the snapshot row by row: nothing is gathered beforehand, so a question costs what it looks at. Flows
/// that are not in the snapshot, such as a transfer that is considered and not yet made, may be put beside it.
/// </summary>
public sealed class FlowTable
{
    private readonly RelationshipTable table;
    private readonly ValueColumn<long>? times;
    private readonly ValueColumn<decimal>? amounts;
    private readonly ImmutableArray<Flow> considered;

    /// <param name="table">The relationships.</param>
    /// <param name="amount">Field with the amount; null where the kind has none.</param>
    internal FlowTable(RelationshipTable table, string? amount)
        : this(table, (ValueColumn<long>?)table.ColumnOf("at"), amount is null ? null : (ValueColumn<decimal>?)table.ColumnOf(amount), [])
    {
    }

    private FlowTable(RelationshipTable table, ValueColumn<long>? times, ValueColumn<decimal>? amounts, ImmutableArray<Flow> considered)
    {
        this.table = table;
        this.times = times;
        this.amounts = amounts;
        this.considered = considered;
    }

    /// <summary>The same with a flow beside those of the snapshot.</summary>
    internal FlowTable Considering(Flow flow) => new(table, times, amounts, considered.Add(flow));

    /// <summary>Adds the flows out of a node.</summary>
    internal void AddFrom(int node, List<Flow> flows)
    {
        if (node < 0) return;
        var (start, end) = table.Out.Range(node);
        for (var edge = start; edge < end; edge++) flows.Add(FlowOf(edge, node, table.Out.Target(edge)));
        foreach (var flow in considered)
            if (flow.From == node) flows.Add(flow);
    }

    /// <summary>Adds the flows into a node.</summary>
    internal void AddTo(int node, List<Flow> flows)
    {
        if (node < 0) return;
        var (start, end) = table.In.Range(node);
        for (var place = start; place < end; place++) flows.Add(FlowOf(table.InEdge(place), table.In.Target(place), node));
        foreach (var flow in considered)
            if (flow.To == node) flows.Add(flow);
    }

    private Flow FlowOf(int edge, int from, int to) => new(
        from, to,
        times is null || times[edge] is var at && at == times.None ? Flow.Undated : times[edge],
        amounts is null || amounts[edge] is var amount && amount == amounts.None ? 0 : amounts[edge]);
}
