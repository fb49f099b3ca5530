using System.Collections.Immutable;
using GraphRisk.Graph.Snapshots;

namespace GraphRisk.Market.Flows;

/// <summary>
/// The flows of one kind, read from the snapshot row by row: nothing is gathered beforehand, so a question costs what it looks at. Flows
/// that are not in the snapshot, such as a transfer that is considered and not yet made, may be put beside it; flows that whoever asks may not know of are
/// left out, before any is counted or cut.
/// </summary>
public sealed class FlowTable
{
    private readonly RelationshipTable table;
    private readonly ValueColumn<long>? times;
    private readonly ValueColumn<decimal>? amounts;
    private readonly ImmutableArray<Flow> considered;
    private readonly Lazy<FlowKindSight>? sight;

    /// <param name="table">The relationships.</param>
    /// <param name="amount">Field with the amount; null where the kind has none.</param>
    /// <param name="sight">Whose sight they are read by; null for everything.</param>
    internal FlowTable(RelationshipTable table, string? amount, IFlowSight? sight)
        : this(
            table, (ValueColumn<long>?)table.ColumnOf("at"), amount is null ? null : (ValueColumn<decimal>?)table.ColumnOf(amount), [],
            sight is null ? null : new Lazy<FlowKindSight>(() => sight.Of(table.Type, amount)))
    {
    }

    private FlowTable(RelationshipTable table, ValueColumn<long>? times, ValueColumn<decimal>? amounts, ImmutableArray<Flow> considered, Lazy<FlowKindSight>? sight)
    {
        this.table = table;
        this.times = times;
        this.amounts = amounts;
        this.considered = considered;
        this.sight = sight;
    }

    /// <summary>The same with a flow beside those of the snapshot.</summary>
    internal FlowTable Considering(Flow flow) => new(table, times, amounts, considered.Add(flow), sight);

    /// <summary>Adds the flows out of a node, and says how many were looked at.</summary>
    internal int AddFrom(int node, List<Flow> flows)
    {
        if (node < 0) return 0;
        var seen = sight?.Value ?? default;
        var (start, end) = table.Out.Range(node);
        for (var edge = start; edge < end; edge++) Add(edge, node, table.Out.Target(edge), seen, flows);
        foreach (var flow in considered)
            if (flow.From == node) flows.Add(flow);
        return end - start + considered.Length;
    }

    /// <summary>Adds the flows into a node, and says how many were looked at.</summary>
    internal int AddTo(int node, List<Flow> flows)
    {
        if (node < 0) return 0;
        var seen = sight?.Value ?? default;
        var (start, end) = table.In.Range(node);
        for (var place = start; place < end; place++) Add(table.InEdge(place), table.In.Target(place), node, seen, flows);
        foreach (var flow in considered)
            if (flow.To == node) flows.Add(flow);
        return end - start + considered.Length;
    }

    private void Add(int edge, int from, int to, in FlowKindSight seen, List<Flow> flows)
    {
        if (seen.Opens?.Invoke(from, to) == false) return;
        var amount = amounts is null || amounts[edge] is var stated && stated == amounts.None ? 0 : amounts[edge];
        flows.Add(new Flow(
            from, to,
            times is null || times[edge] is var at && at == times.None ? Flow.Undated : times[edge],
            seen.Amounts?.Invoke(amount) ?? amount));
    }
}
