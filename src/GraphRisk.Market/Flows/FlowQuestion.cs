using System.Collections.Immutable;
using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Market.Flows;

/// <summary>What a question on flows is asked about; what it does not need is passed over.</summary>
/// <param name="Subject">The account, person or loan; -1 where the snapshot has none of that id.</param>
/// <param name="Window">When the flows were.</param>
public sealed record FlowArguments(int Subject, FlowWindow Window)
{
    /// <summary>The second account or person; -1 where there is none.</summary>
    public int Other { get; init; } = -1;

    /// <summary>Amount, or for <c>TCR8</c> part of an amount, that flows exceed.</summary>
    public decimal Threshold { get; init; }

    /// <summary>The same for withdrawals.</summary>
    public decimal WithdrawalThreshold { get; init; }

    /// <summary>How many flows of a node are followed.</summary>
    public Truncation Cut { get; init; } = Truncation.None;
}

/// <summary>A parameter of a question.</summary>
public enum FlowParameter
{
    Subject,
    Other,
    Threshold,
    WithdrawalThreshold,
    Start,
    End,
    Limit,
    Order,
}

/// <summary>One of the reads of LDBC FinBench's transaction workload.</summary>
/// <param name="Code">Its number, such as TCR1.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Subject">Type of the node it is about.</param>
/// <param name="Parameters">Its parameters in the order of FinBench's files; further ones of a file are passed over.</param>
/// <param name="Columns">Names of its answer's columns, as FinBench names them.</param>
/// <param name="Ask">Answers in rows: ids as <see cref="NodeId"/>, sums and ratios as decimal.</param>
public sealed record FlowQuestion(
    string Code, string Title, string Subject, ImmutableArray<FlowParameter> Parameters, ImmutableArray<string> Columns,
    Func<MoneyFlows, FlowArguments, WorkMeter, IReadOnlyList<object?[]>> Ask);
