using GraphRisk.Graph.Algorithms;
using GraphRisk.Graph.Facts;
using GraphRisk.Market.Flows;

namespace GraphRisk.Cli.FinBench;

/// <summary>A question on flows with its parameters, before ids are looked up in a snapshot.</summary>
/// <param name="Question">The question.</param>
/// <param name="Subject">What it is about.</param>
internal sealed record AskedQuestion(FlowQuestion Question, NodeId Subject)
{
    /// <summary>The second account or person; null where there is none.</summary>
    public NodeId? Other { get; init; }

    public FlowWindow Window { get; init; } = FlowWindow.Always;

    public decimal Threshold { get; init; }

    public decimal WithdrawalThreshold { get; init; }

    public Truncation Cut { get; init; } = Truncation.None;

    /// <summary>The answer over a reading.</summary>
    public IReadOnlyList<object?[]> Ask(MoneyFlows flows, WorkMeter meter) => Question.Ask(flows, new FlowArguments(flows.Find(Subject), Window)
    {
        Other = Other is { } other ? flows.Find(other) : -1,
        Threshold = Threshold, WithdrawalThreshold = WithdrawalThreshold, Cut = Cut,
    }, meter);
}
