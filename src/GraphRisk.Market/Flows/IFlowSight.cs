using GraphRisk.Graph.Schema;

namespace GraphRisk.Market.Flows;

/// <summary>
/// How whoever asks reads flows and what they join. What it may not know is no input of any answer: such a flow is not there, before anything is counted,
/// summed, cut or ordered, and such a value is not stated. Thread-safe.
/// </summary>
public interface IFlowSight
{
    /// <summary>How flows of a kind are read; asked once, at the first flow that is looked for.</summary>
    /// <param name="kind">The relationship.</param>
    /// <param name="amount">Its field with the amount; null where it has none.</param>
    FlowKindSight Of(RelationshipType kind, string? amount);

    /// <summary>Whether the value of a node's field may be known.</summary>
    bool Opens(int node, Field field);

    /// <summary>A number of such a field as it is read: as it is, or rounded.</summary>
    decimal Shown(Field field, decimal number);
}

/// <summary>How flows of one kind are read.</summary>
/// <param name="Opens">Which may be known, by their ends; null for all.</param>
/// <param name="Amounts">What an amount is read as; null for as it is.</param>
public readonly record struct FlowKindSight(Func<int, int, bool>? Opens, Func<decimal, decimal>? Amounts);
