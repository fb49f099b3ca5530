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
    /// <summary>The node it is about.</summary>
    Subject,

    /// <summary>A second one of the same type.</summary>
    Other,

    /// <summary>Amount that flows exceed.</summary>
    Threshold,

    /// <summary>Part of an amount that flows exceed.</summary>
    Part,

    /// <summary>Amount that withdrawals exceed.</summary>
    WithdrawalThreshold,

    /// <summary>Instant they are later than.</summary>
    Start,

    /// <summary>Instant they are earlier than.</summary>
    End,

    /// <summary>How many flows of a node are followed.</summary>
    Limit,

    /// <summary>Which come first where not all are followed.</summary>
    Order,
}

/// <summary>What a column of an answer holds.</summary>
public enum FlowValue
{
    /// <summary>An account, as <see cref="NodeId"/>.</summary>
    Account,

    /// <summary>A device, as <see cref="NodeId"/>.</summary>
    Device,

    /// <summary>Accounts in the order in which money passed them.</summary>
    Accounts,

    /// <summary>A whole number, 0 or more.</summary>
    Count,

    /// <summary>Money, or a ratio of sums of it, 0 or more, to three decimals.</summary>
    Money,

    /// <summary>A part by count, 0 to 1, to three decimals.</summary>
    Share,

    /// <summary>Text as the source writes it.</summary>
    Text,

    /// <summary>Yes or no.</summary>
    Truth,

    /// <summary>An instant.</summary>
    Instant,
}

/// <summary>A column of an answer.</summary>
/// <param name="Code">Its name in FinBench.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Value">What it holds; -1 stands for a figure that there is none of.</param>
/// <param name="Description">What it means.</param>
public sealed record FlowColumn(string Code, string Name, FlowValue Value, string Description);

/// <summary>One of the reads of LDBC FinBench's transaction workload.</summary>
/// <param name="Code">Its number, such as TCR1.</param>
/// <param name="Name">Its name for people, in one word.</param>
/// <param name="Title">What it asks.</param>
/// <param name="Rules">How it is answered: what counts, in which order.</param>
/// <param name="Subject">Type of the node it is about.</param>
/// <param name="Row">What a row of its answer is called; null where the answer is one.</param>
/// <param name="Parameters">Its parameters in the order of FinBench's files; further ones of a file are passed over.</param>
/// <param name="Columns">Its answer's columns.</param>
/// <param name="Ask">Answers in rows: ids as <see cref="NodeId"/>, sums and ratios as decimal.</param>
public sealed record FlowQuestion(
    string Code, string Name, string Title, string Rules, string Subject, string? Row, ImmutableArray<FlowParameter> Parameters, ImmutableArray<FlowColumn> Columns,
    Func<MoneyFlows, FlowArguments, WorkMeter, IReadOnlyList<object?[]>> Ask);
